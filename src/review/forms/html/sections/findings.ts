/** Findings as rows that open; the same for every area. */
import type { Finding, RuleResult } from '../../../finding.ts';
import { isOpen, severities } from '../../../finding.ts';
import { plural } from '../../format.ts';
import { html, type Markup } from '../escape.ts';

const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

/** More findings of one rule and severity than this stand folded under one line, so that they hide no other. */
const shownOfOneRule = 3;

export function findingRows(findings: readonly Finding[]): Markup {
  const groups = new Map<string, Finding[]>();
  for (const finding of bySeverity(findings)) {
    const key = `${finding.severity} ${finding.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return html`${[...groups.values()].map((same) => (same.length > shownOfOneRule ? folded(same) : same.map(findingRow)))}`;
}

function folded(same: readonly Finding[]): Markup | false {
  const [first] = same;
  if (first === undefined) return false;
  const { severity, rule, title } = first;
  return html`<details class="finding"><summary>${word(severity)}<span>${same.length} × ${title}${same.some((one) => one.title !== title) && ', and the like'}</span><span class="at">${rule}</span></summary><div class="group">${same.map(findingRow)}</div></details>`;
}

function findingRow(finding: Finding): Markup {
  const { resource, evidence, acknowledged, reference } = finding;
  const severe = finding.severity === 'critical' || finding.severity === 'high';
  return html`<details class="finding"${severe && isOpen(finding) && html` open`}><summary>${word(finding.severity)}<span>${finding.title}</span>${
    resource && html`<span class="at">${resource.name}</span>`
  }</summary><dl>
<dt>Why</dt><dd>${finding.why}</dd>
<dt>Fix</dt><dd>${finding.fix}</dd>
${evidence.length > 0 && html`<dt>Seen</dt><dd>${evidence.map(({ at, shows }) => html`<div><code>${at}</code> ${shows}</div>`)}</dd>`}
${acknowledged && html`<dt>Accepted</dt><dd>${acknowledged.reason}${acknowledged.expires && html`, until ${acknowledged.expires}`}${acknowledged.state === 'expired' && html` <b>(expired)</b>`}</dd>`}
<dt>Rule</dt><dd>${reference === undefined ? finding.rule : html`<a href="${reference}">${finding.rule}</a>`}${finding.source !== 'slipway' && html` (${finding.source})`}</dd></dl></details>`;
}

/** What rules could not find out. */
export function unclearList(results: readonly RuleResult[]): Markup {
  const unclear = results.flatMap((result) => result.unclear.map((item) => ({ ...item, rule: result.rule })));
  if (unclear.length === 0) return html``;
  return html`<details><summary>${plural(unclear.length, 'thing')} that could not be told</summary><ul>${unclear.map(
    (item) =>
      html`<li>${item.resource && html`${item.resource.name}: `}${item.what}: ${item.because} <small>(${item.rule})</small></li>`,
  )}</ul></details>`;
}

/** A coloured word: a severity, an answer, a verdict. */
export const word = (text: string, shown: string = text.replaceAll('-', ' ')): Markup =>
  html`<span class="word ${text}">${shown}</span>`;
