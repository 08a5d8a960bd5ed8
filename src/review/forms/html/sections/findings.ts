/** Findings as rows that open; the same for every area. */
import type { Finding, RuleResult } from '../../../finding.ts';
import { severities } from '../../../finding.ts';
import { plural } from '../../words.ts';
import { html, type Markup } from '../escape.ts';

export const isOpen = (finding: Finding): boolean => finding.acknowledged?.state !== 'valid';

export const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

export function findingRows(findings: readonly Finding[]): Markup {
  return html`${bySeverity(findings).map(findingRow)}`;
}

function findingRow(finding: Finding): Markup {
  const { resource, evidence, acknowledged, reference } = finding;
  const grave = finding.severity === 'critical' || finding.severity === 'high';
  return html`<details class="finding"${grave && isOpen(finding) && html` open`}><summary>${word(finding.severity)}<span>${finding.title}</span>${
    resource && html`<span class="at">${resource.name}</span>`
  }</summary><dl>
<dt>Why</dt><dd>${finding.why}</dd>
<dt>Mend</dt><dd>${finding.fix}</dd>
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
