import type { ReadinessItem, ReadinessReport } from '../../../readiness/report.ts';
import { readinessAreas } from '../../../readiness/report.ts';
import { plural, tally } from '../../format.ts';
import { html, type Markup } from '../escape.ts';
import { word } from './findings.ts';

export function readinessSection(report: ReadinessReport): Markup {
  const { counts } = report;
  return html`<h2 id="readiness">Readiness</h2>
<p>${tally([
    ['yes', counts.yes],
    ['partly', counts.partly],
    ['no', counts.no],
    ['for a person to answer', counts.person],
    ['that could not be decided', counts['cannot-tell']],
    ['not applicable', counts['not-applicable']],
  ])}. ${report.ready ? 'Nothing stands between this app and its launch.' : `${plural(report.blocking.length, 'item')} stand between this app and its launch.`}</p>
${readinessAreas.map((area) =>
  areaTable(
    area,
    report.items.filter((item) => item.area === area),
  ),
)}`;
}

/** What is still to do stands open; what is done, and the long tail that blocks nothing, is folded. */
function areaTable(area: string, items: readonly ReadinessItem[]): Markup | false {
  if (items.length === 0) return false;
  const isDone = ({ answer }: ReadinessItem): boolean => answer === 'yes' || answer === 'not-applicable';
  const isAsked = ({ answer }: ReadinessItem): boolean => answer === 'person';
  const open = items.filter((item) => !isDone(item) && (!isAsked(item) || item.blocks));
  const asked = items.filter((item) => isAsked(item) && !item.blocks);
  const done = items.filter(isDone);
  const folded = (title: string, some: readonly ReadinessItem[]): Markup | false =>
    some.length > 0 && html`<details><summary>${title}</summary>${itemTable(some)}</details>`;
  return html`<h3>${area[0]?.toUpperCase()}${area.slice(1)}</h3>${open.length > 0 && itemTable(open)}${folded(
    `${plural(asked.length, 'more question')} for people`,
    asked,
  )}${folded(`${done.length} done or not applicable`, done)}`;
}

const itemTable = (items: readonly ReadinessItem[]): Markup =>
  html`<div class="scroll"><table class="readiness">${items.map(
    (item) =>
      html`<tr><td>${word(item.answer, item.answer === 'person' ? 'ask' : undefined)}</td><td><b>${item.question}</b>${item.blocks && item.answer !== 'yes' && item.answer !== 'not-applicable' && html` <small>(blocks the launch)</small>`}<br>${item.because}${item.next && html`<br><small>Next: ${item.next}</small>`}${item.conflict && html`<br><b>${item.conflict}</b>`}</td><td><small>${item.evidence.slice(0, 4).map((evidence) => html`<div><code>${evidence.at}</code> ${evidence.shows}</div>`)}${item.answered && item.from !== 'person' && html`<div>${item.answered.by}, ${item.answered.date}: ${item.answered.note}</div>`}</small></td></tr>`,
  )}</table></div>`;
