/** The page's look, in print too. No script, no font and no picture comes from elsewhere. */
export const style = `
:root{--ink:#0f172a;--quiet:#475569;--line:#e2e8f0;--panel:#f8fafc;--bad:#b91c1c;--warn:#b45309;--good:#15803d;--accent:#1d4ed8}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1180px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:26px;margin:0 0 2px}h2{font-size:20px;margin:44px 0 8px;padding-top:10px;border-top:2px solid var(--ink)}
h3{font-size:15px;margin:22px 0 6px}p{margin:6px 0}
.quiet,.quiet a{color:var(--quiet)}small{color:var(--quiet)}
nav{display:flex;gap:16px;flex-wrap:wrap;margin:14px 0 18px;font-size:14px}nav a,a{color:var(--accent)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:12px;margin:16px 0}
.tile{border:1px solid var(--line);border-top:4px solid var(--quiet);border-radius:6px;padding:10px 12px;background:var(--panel);color:inherit;text-decoration:none;display:block}
.tile b{display:block;font-size:13px;color:var(--quiet);font-weight:600}.tile strong{display:block;font-size:22px;line-height:1.25;margin:2px 0}
.tile.good{border-top-color:var(--good)}.tile.bad{border-top-color:var(--bad)}.tile.warn{border-top-color:var(--warn)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13.5px;margin:8px 0}
th,td{text-align:left;padding:5px 10px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600;color:var(--quiet);font-size:12.5px}
td{overflow-wrap:break-word;min-width:44px}th.up{vertical-align:bottom;padding-bottom:8px}th.up span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:190px}
.matrix{width:auto}.matrix td:first-child{min-width:190px;max-width:320px;overflow-wrap:anywhere}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.sum td{font-weight:600;border-bottom:0}
code{font:12.5px/1.4 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere;background:#f1f5f9;border-radius:3px;padding:1px 3px}
.word{display:inline-block;border-radius:3px;padding:0 6px;font-size:12px;font-weight:600;line-height:19px;color:#fff;background:var(--quiet);white-space:nowrap}
.word.critical,.word.high,.word.no,.word.missed,.word.failed{background:var(--bad)}.word.medium,.word.degraded,.word.partly,.word.person{background:var(--warn)}
.word.yes,.word.met,.word.passed{background:var(--good)}.word.low,.word.info,.word.cannot-tell,.word.not-applicable{background:#64748b}
details{border-bottom:1px solid var(--line);padding:6px 0}summary{cursor:pointer}details[open]>summary{margin-bottom:4px}
.finding dl{display:grid;grid-template-columns:76px minmax(0,1fr);gap:3px 10px;margin:4px 0 8px 18px;font-size:14px}.finding dt{color:var(--quiet)}.finding dd{margin:0;overflow-wrap:anywhere}
.group{margin-left:22px}.finding summary{display:flex;gap:10px;align-items:baseline}.finding summary span.at{color:var(--quiet);font-size:13px;margin-left:auto;text-align:right;overflow-wrap:anywhere}
.chart{width:100%;max-width:720px;height:auto;display:block}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(460px,100%),1fr));gap:10px 24px}
.charts figure,figure{margin:8px 0}figcaption{font-weight:600;font-size:13.5px}
.diagram{width:100%;height:auto;display:block;margin:8px 0}.diagram text{fill:var(--ink);font-family:inherit}.frame{fill:#f8fafc;stroke:#cbd5e1}
.diagram .frame-label{font-size:11px;fill:var(--quiet)}.diagram .name{font-size:12.5px;font-weight:600}.diagram .kind{font-size:11px;fill:var(--quiet)}.diagram .corner{font-size:11px;text-anchor:end}
.arrow{fill:none;stroke:#64748b;stroke-width:1.2}
ul{margin:6px 0;padding-left:20px}li{margin:3px 0}
@media(max-width:700px){td{overflow-wrap:anywhere}.scroll>table:not(.matrix){min-width:600px}.gates td:first-child{white-space:nowrap}.finding summary{flex-wrap:wrap}.scroll td{overflow-wrap:break-word}h1,p,li,figcaption,.tile{overflow-wrap:anywhere}}
@page{margin:12mm}
@media print{body{font-size:9.5px;line-height:1.35}main{max-width:none;padding:0}nav{display:none}h1{font-size:18px}
h2{font-size:14px;margin:14px 0 4px;padding-top:4px;break-after:avoid}h3{font-size:10.5px;margin:8px 0 3px;break-after:avoid}p{margin:3px 0}
table{font-size:8.8px;margin:4px 0}th{font-size:8.5px}th,td{padding:2px 6px 2px 0}td{min-width:0;overflow-wrap:anywhere}th.n,td.q{white-space:normal}
code{font-size:8.5px}.word{font-size:8px;line-height:12px;padding:0 4px}.scroll{overflow:visible}.tiles{grid-template-columns:repeat(5,1fr);gap:6px;margin:6px 0}
.tile{padding:5px 6px}.tile b{font-size:8.5px}.tile strong{font-size:12px}.tile small{font-size:8px}
.charts{grid-template-columns:1fr 1fr 1fr;gap:4px 10px}figcaption{font-size:9px}.diagram{max-height:100mm;margin:2px 0}
details{padding:2px 0}.finding dl{font-size:9px}.finding summary span.at{font-size:8.5px}.lines td:last-child{width:32%}
.tile,figure,tr,.finding{break-inside:avoid}a{color:inherit}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
