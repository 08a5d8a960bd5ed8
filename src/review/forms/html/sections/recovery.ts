import { formatDuration } from '../../../../core/duration.ts';
import { isOpen } from '../../../finding.ts';
import type { Answer, ComponentReport, ProposedChange, RecoveryReport } from '../../../recovery/report.ts';
import { scenarios, scenarioText } from '../../../recovery/report.ts';
import { plural, usd } from '../../format.ts';
import { openText } from '../../open-findings.ts';
import { rpoText, rtoText } from '../../recovery-format.ts';
import { html, type Markup } from '../escape.ts';
import { findingRows, unclearList, word } from './findings.ts';

export function recoverySection(report: RecoveryReport): Markup {
  const findings = report.rules.flatMap((result) => result.findings).filter(isOpen);
  return html`<h2 id="recovery">Recovery</h2>
<div class="scroll"><table><tr><th>If</th><th>Survives</th><th class="n">Back after</th><th class="n">Data lost</th><th>Because</th></tr>${report.whole.map(
    (answer) =>
      html`<tr><td><b>${scenarioText[answer.scenario].name}</b><br><small>${scenarioText[answer.scenario].supposes}</small></td><td>${word(answer.survives)}</td><td class="n">${rtoText(answer.rto)}</td><td class="n">${rpoText(answer.rpo)}</td><td>${answer.because}</td></tr>`,
  )}</table></div>
${report.targets.length > 0 && targets(report)}
${report.singlePoints.length > 0 && html`<h3>Single points of failure</h3><ul>${report.singlePoints.map((point) => html`<li><b>${point.resource.name}</b>: ${point.what}. ${point.takesDown} <br><small>${point.fix}</small></li>`)}</ul>`}
<h3>Findings: ${openText(report.rules)}</h3>${findingRows(findings)}${unclearList(report.rules)}
<details><summary>Component by component</summary><div class="scroll"><table><tr><th>Component</th>${scenarios.map((scenario) => html`<th>${scenarioText[scenario].name}</th>`)}<th>Noticed by</th></tr>${report.components.map(componentRow)}</table></div></details>
<details><summary>How each figure was added up</summary>${report.components.map(bases)}</details>
${report.possibleChanges.length > 0 && html`<details><summary>${plural(report.possibleChanges.length, 'change')} that would make an answer better, cheapest first</summary>${changeTable(report.possibleChanges)}</details>`}
${report.assumptions.length > 0 && html`<details><summary>Assumptions</summary><ul>${report.assumptions.map((one) => html`<li><code>${one.key}</code> = ${one.value}: ${one.because}</li>`)}</ul></details>`}
<p class="quiet">${report.pathsText}${report.notModelled.length > 0 && html` Not modelled: ${report.notModelled.map((resource) => `${resource.name} (${resource.type})`).join(', ')}.`}</p>`;
}

function targets(report: RecoveryReport): Markup {
  const { changeSet } = report;
  return html`<h3>Targets</h3><div class="scroll"><table><tr><th>If</th><th>Target</th><th>Verdict</th><th>Because</th></tr>${report.targets.map(
    (target) =>
      html`<tr><td>${scenarioText[target.scenario].name}</td><td>${target.measure === 'rto' ? 'back within' : 'at most lost'} ${formatDuration(target.targetSeconds)}</td><td>${word(target.verdict)}</td><td>${target.because}</td></tr>`,
  )}</table></div>${
    changeSet !== null &&
    changeSet.changes.length > 0 &&
    html`<p><b>${changeSet.outcome === 'meets' ? 'The cheapest set of changes that meets them' : 'The set that comes closest'}: ${usd(changeSet.usdPerMonth)} a month more${changeSet.unpriced.length > 0 && ', at least'}.</b> <small>${changeSet.methodText}</small></p>${changeTable(changeSet.changes)}`
  }${changeSet !== null && changeSet.unreachable.length > 0 && html`<ul>${changeSet.unreachable.map((one) => html`<li>${scenarioText[one.scenario].name}: ${one.because}</li>`)}</ul>`}`;
}

const changeTable = (changes: readonly ProposedChange[]): Markup =>
  html`<div class="scroll"><table><tr><th>Change</th><th>How</th><th>Makes better</th><th class="n">A month</th></tr>${changes.map(
    (change) =>
      html`<tr><td>${change.title}</td><td>${change.how}</td><td><small>${change.improves.join('; ')}</small></td><td class="n" title="${change.prices.map((line) => `${line.what}: ${line.missing ?? usd(line.usdPerMonth ?? 0)} (${line.basis.figure})`).join('\n')}">${usd(change.usdPerMonth)}${change.prices.some((line) => line.usdPerMonth === null) && '+'}</td></tr>`,
  )}</table></div>`;

const componentRow = (component: ComponentReport): Markup =>
  html`<tr><td><b>${component.resource.name}</b><br><small>${component.label}</small></td>${component.answers.map(
    (answer) =>
      html`<td title="${answer.because}">${word(answer.survives)}${answer.survives !== 'yes' && html`<br><small>${rtoText(answer.rto)}; loses ${rpoText(answer.rpo)}</small>`}</td>`,
  )}<td><small>${component.noticed === null ? 'nobody' : `${component.noticed.alarm.split('/').at(-1)}, after ${formatDuration(component.noticed.afterSeconds)}`}</small></td></tr>`;

const bases = (component: ComponentReport): Markup =>
  html`<h3>${component.resource.name}</h3>${component.answers.map((answer) => answerBasis(answer))}`;

function answerBasis(answer: Answer): Markup {
  const figures = [
    ...(answer.rto?.parts.map((part) => ({ ...part.basis, what: part.what })) ?? []),
    ...(answer.rpo?.basis.map((basis) => ({ ...basis, what: 'loss' })) ?? []),
  ];
  if (figures.length === 0)
    return html`<p><b>${scenarioText[answer.scenario].name}</b>: ${answer.because}</p>`;
  return html`<p><b>${scenarioText[answer.scenario].name}</b>: ${answer.because}</p><ul>${figures.map(
    (basis) =>
      html`<li>${basis.what}: ${basis.figure}${basis.assumed ? html` <b>(assumed;</b> <code>${basis.source}</code><b>)</b>` : html` <small>${basis.source}${basis.date && `, ${basis.date}`}</small>`}</li>`,
  )}</ul>`;
}
