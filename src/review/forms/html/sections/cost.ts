import type { CostLine, CostReport, Levels, NotPricedEntry, Total } from '../../../cost/report.ts';
import { bothUsd, count, plural, usd } from '../../format.ts';
import { barChart, lineChart } from '../charts.ts';
import { html, type Markup } from '../escape.ts';

export function costSection(report: CostReport, budget?: number): Markup {
  const { uses, totals, perThousandUses, lines, notPriced, prices, curve } = report;
  const unit = (number: number): string => plural(number, uses.unit);
  const dearest = [...lines].sort((a, b) => b.usdWithoutFree.expected - a.usdWithoutFree.expected);
  // A line that rounds to nothing hides the others.
  const isShown = (line: CostLine): boolean => line.usdWithoutFree.expected >= 0.01;
  const shown = dearest.filter(isShown);
  const small = dearest.filter((line) => !isShown(line));
  const blocks = totals.byBlock.filter((block) => block.usdWithoutFree.expected > 0).slice(0, 12);
  return html`<h2 id="cost">Cost</h2>
<div class="scroll"><table><tr><th></th><th class="n">At rest</th><th class="n">${unit(uses.low)}</th><th class="n">${unit(uses.expected)}</th><th class="n">${unit(uses.high)}</th></tr>
${levelRow('A month, without the free tier', totals.allWithoutFree)}${levelRow('With the free tier', totals.all)}</table></div>
<p>A thousand more ${uses.unit}s cost ${bothUsd(perThousandUses.marginalWithoutFree, perThousandUses.marginal)}. ${notPriced.length > 0 ? html`<b>${plural(notPriced.length, 'thing')} could not be priced</b> and ${notPriced.length === 1 ? 'is' : 'are'} in no total.` : 'Everything that costs money has a price.'}</p>
<div class="charts"><figure><figcaption>A month, over ${uses.unit}s, without the free tier</figcaption>${lineChart(
    {
      title: 'Cost over use',
      lines: curveLines(report),
      x: { name: `${uses.unit}s a month`, logarithmic: true, format: count },
      y: { name: 'USD a month', min: 0 },
      stacked: true,
      ...(budget === undefined ? {} : { limits: [{ value: budget, label: `budget ${usd(budget)}` }] }),
    },
  )}</figure><figure><figcaption>By block, at ${unit(uses.expected)}, without the free tier</figcaption>${
    blocks.length > 0
      ? barChart({
          title: 'Cost by block',
          bars: blocks.map(({ key, usdWithoutFree: at }) => ({ name: key, value: at.expected })),
          format: usd,
        })
      : html`<p>Nothing costs money at this use.</p>`
  }</figure></div>
${notPriced.length > 0 && notPricedTable(notPriced)}
<h3>Line by line</h3><div class="scroll"><table class="lines"><tr><th>Resource</th><th>What</th><th class="n">Quantity</th><th class="n">Unit price</th><th class="n">A month</th><th class="n">With free tier</th><th>How</th></tr>${shown.map(lineRow)}${
    small.length > 0 &&
    html`<tr><td colspan="4">${plural(small.length, 'line')} under a cent each</td><td class="n">${usd(sumOf(small, 'usdWithoutFree'))}</td><td class="n">${usd(sumOf(small, 'usd'))}</td><td></td></tr>`
  }<tr class="sum"><td colspan="4">At ${unit(uses.expected)}</td><td class="n">${usd(totals.allWithoutFree.expected)}</td><td class="n">${usd(totals.all.expected)}</td><td></td></tr></table></div>
${small.length > 0 && html`<details><summary>The ${plural(small.length, 'line')} under a cent at ${unit(uses.expected)}</summary><div class="scroll"><table>${small.map(lineRow)}</table></div></details>`}
<details><summary>Totals by service, stack and tag</summary>${totalTable('Service', totals.byService)}${totalTable('Stack', totals.byStack)}${Object.entries(totals.byTag).map(([tag, rows]) => totalTable(`Tag ${tag}`, rows))}</details>
<details><summary>Figures of the curve</summary><table><tr><th class="n">${uses.unit}s</th><th class="n">A month</th><th class="n">With free tier</th></tr>${curve.map((point) => html`<tr><td class="n">${count(Math.round(point.uses))}</td><td class="n">${usd(point.usdWithoutFree)}</td><td class="n">${usd(point.usd)}</td></tr>`)}</table></details>
<details><summary>${plural(report.free.length, 'resource')} free of charge</summary><ul>${report.free.map(({ resource, why }) => html`<li>${resource.name} <small>(${resource.type})</small>: ${why}</li>`)}</ul></details>
<details><summary>${plural(report.assumptions.length, 'assumption')}</summary><ul>${report.assumptions.map(
    (one) =>
      html`<li>${one.resource && html`<b>${one.resource.name}</b>, `}${one.what}: ${one.value}. ${one.because}${one.answer && html` <small>Answer with <code>${one.answer}</code>.</small>`}</li>`,
  )}</ul></details>
<p class="quiet">${prices.disclaimer} Prices of ${report.region}${prices.oldest && `, read between ${prices.oldest} and ${prices.newest}`}${prices.notFromAws > 0 && `; ${plural(prices.notFromAws, 'line')} with a price that is not from AWS itself`}. Free tier counted: ${prices.free === 'always' ? 'what every account has' : prices.free === 'none' ? 'none' : 'first-year allowances too'}.</p>`;
}

const sumOf = (lines: readonly CostLine[], figure: 'usd' | 'usdWithoutFree'): number =>
  lines.reduce((all, line) => all + line[figure].expected, 0);

const levelRow = (label: string, levels: Levels): Markup =>
  html`<tr><td>${label}</td>${(['rest', 'low', 'expected', 'high'] as const).map((level) => html`<td class="n">${usd(levels[level])}</td>`)}</tr>`;

function curveLines({ curve, totals }: CostReport) {
  const services = totals.byService
    .filter(({ usdWithoutFree: at }) => at.high > 0)
    .slice(0, 6)
    .map(({ key }) => key);
  const rest = (point: CostReport['curve'][number]): number =>
    Object.entries(point.byService).reduce(
      (sum, [key, value]) => (services.includes(key) ? sum : sum + value),
      0,
    );
  const lines = services.map((name) => ({
    name,
    points: curve.map((point) => [point.uses, point.byService[name] ?? 0] as const),
  }));
  return curve.some((point) => rest(point) > 0)
    ? [...lines, { name: 'others', points: curve.map((point) => [point.uses, rest(point)] as const) }]
    : lines;
}

function lineRow(line: CostLine): Markup {
  const prices = line.steps.length > 0 ? line.steps.map((step) => `$${step.usdPer}`).join(', then ') : 'free';
  const per = `${line.per === 1 ? '' : `${count(line.per)} `}${line.unit}${line.per === 1 ? '' : 's'}`;
  return html`<tr><td><b>${line.resource.name}</b></td><td>${line.what}<br><small>${line.service}</small></td><td class="n q">${count(line.quantity.expected)} ${line.unit}${line.quantity.expected !== 1 && 's'}${line.free !== undefined && line.free.used.expected > 0 && html`<br><small>${count(line.free.used.expected)} free</small>`}</td><td class="n q">${prices}<br><small>per ${per}</small></td><td class="n">${usd(line.usdWithoutFree.expected)}</td><td class="n">${usd(line.usd.expected)}</td><td>${line.formula}<br><small><a href="${line.source.split(' ')[0] ?? ''}">price</a> of ${line.date}, ${verified[line.verified]}${line.note && `. ${line.note}`}</small></td></tr>`;
}

const verified = {
  aws: 'AWS’s own',
  'aws-derived': 'computed from AWS’s list',
  'third-party': 'a third party’s',
  unverified: 'unverified',
} as const;

const notPricedTable = (entries: readonly NotPricedEntry[]): Markup =>
  html`<h3>Not priced</h3><ul>${entries.map((entry) => html`<li><b>${entry.resource.name}</b> <small>(${entry.resource.type})</small>: ${entry.what}${entry.quantity && ` (${entry.quantity})`}: ${entry.because}</li>`)}</ul>`;

const totalTable = (title: string, rows: readonly Total[]): Markup =>
  html`<table><tr><th>${title}</th><th class="n">At rest</th><th class="n">Low</th><th class="n">Expected</th><th class="n">High</th></tr>${rows.map((row) => html`${levelRow(row.key || '(none)', row.usdWithoutFree)}${levelRow('with the free tier', row.usd)}`)}</table>`;
