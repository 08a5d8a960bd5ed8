import { formatDuration } from '../../../../core/duration.ts';
import type { CapacityReport, ModelNode } from '../../../capacity/report.ts';
import type { EntryResult, NodeResult } from '../../../capacity/simulator/model.ts';
import { isOpen } from '../../../finding.ts';
import { count, percent, plural, usd, usdChange } from '../../format.ts';
import { type Line, lineChart } from '../charts.ts';
import { html, type Markup } from '../escape.ts';
import { findingRows, unclearList, word } from './findings.ts';

export function capacitySection(report: CapacityReport): Markup {
  const { result, breaking, change, profile } = report;
  const findings = report.rules.flatMap((rule) => rule.findings).filter(isOpen);
  return html`<h2 id="capacity">Capacity</h2>
<p>Simulated ${formatDuration(profile.duration)} of load${profile.origin === 'default' && html` (<b>assumed</b>: no load is stated)`}: ${profile.entries.map((entry) => `${entry.id} ${entry.text}`).join('; ')}. Seed ${report.seed}.</p>
${result === null ? html`<p><b>Nothing was simulated:</b> ${report.because}</p>` : entryTable(result.entries)}
${
  report.objectives.length > 0 &&
  html`<table><tr><th>Objective</th><th>Reached</th><th>Verdict</th></tr>${report.objectives.map(
    (objective) =>
      html`<tr><td>${objective.text}${!objective.stated && html` <small>(default)</small>`}</td><td>${objective.value === null ? '–' : objective.unit === 'seconds' ? formatDuration(objective.value) : objective.unit === 'share' ? percent(objective.value) : plural(Math.round(objective.value), 'message')}</td><td>${word(objective.verdict)}</td></tr>`,
  )}</table>`
}
<h3>Where it breaks</h3><p>${
    breaking.outcome === 'breaks'
      ? html`Holds at ${count(breaking.holdsAt)} times this load, breaks at ${count(breaking.breaksAt)} times (${count(breaking.peakRate)} a second at the peak). First: <b>${breaking.first.label}</b>: ${breaking.first.sentence}`
      : breaking.outcome === 'holds'
        ? html`Holds at ${count(breaking.upTo)} times this load, the most that was tried.`
        : breaking.outcome === 'broken'
          ? html`Broken at any load: <b>${breaking.first.label}</b>: ${breaking.first.sentence}`
          : html`Cannot tell: ${breaking.because}`
  }</p>
<p><b>Smallest change:</b> ${
    change.outcome === 'found'
      ? html`${change.changes.map((one) => html`${one.title}: <code>${one.property}</code> of ${one.resource.name} from ${one.from} to ${one.to}. `)}${change.price.monthlyUsd === null ? 'Its price is not known.' : html`${usdChange(change.price.monthlyUsd)} a month.`}`
      : change.because
  }</p>
${result !== null && charts(report, result.nodes)}
${findingRows(findings)}${unclearList(report.rules)}
<details><summary>The model: ${plural(report.model.nodes.length, 'node')} and every number in it</summary>${report.model.nodes.map(modelNode)}<table><tr><th>From</th><th>To</th><th>How</th><th>Because</th></tr>${report.model.links.map(
    (link) =>
      html`<tr><td>${link.from}</td><td>${link.to}</td><td>${link.how}</td><td>${link.because}${link.assumed && ' (assumed)'}</td></tr>`,
  )}</table></details>
${report.model.notModelled.length > 0 && html`<details><summary>${plural(report.model.notModelled.length, 'resource')} that carry load but are not modelled</summary><ul>${report.model.notModelled.map((one) => html`<li>${one.resource.name} (${one.resource.type}): ${one.because}</li>`)}</ul></details>`}
${report.unresolved.length > 0 && html`<details><summary>${plural(report.unresolved.length, 'value')} that the template does not tell</summary><ul>${report.unresolved.map((one) => html`<li>${one.resource && `${one.resource.name}: `}${one.what}: ${one.because}</li>`)}</ul></details>`}
${report.notes.length > 0 && html`<p class="quiet">${report.notes.join(' ')}</p>`}`;
}

const entryTable = (entries: readonly EntryResult[]): Markup =>
  html`<div class="scroll"><table><tr><th>Load</th><th class="n">Arrivals</th><th class="n">p50</th><th class="n">p95</th><th class="n">p99</th><th class="n">Done p50</th><th class="n">p95</th><th class="n">p99</th><th class="n">Errors</th></tr>${entries.map(
    (entry) => {
      const errors = Object.values(entry.errors).reduce((sum, number) => sum + number, 0);
      const cell = (value: number) => html`<td class="n">${formatDuration(value)}</td>`;
      return html`<tr><td>${entry.id}</td><td class="n">${count(Math.round(entry.arrivals))}</td>${cell(entry.response.p50)}${cell(entry.response.p95)}${cell(entry.response.p99)}${cell(entry.done.p50)}${cell(entry.done.p95)}${cell(entry.done.p99)}<td class="n">${errors === 0 ? '0' : percent(errors / Math.max(1, entry.arrivals))}</td></tr>`;
    },
  )}</table></div>`;

function charts(report: CapacityReport, nodes: readonly NodeResult[]): Markup {
  const span = report.profile.duration;
  const [unit, name] =
    span > 3 * 86_400
      ? [86_400, 'days']
      : span > 3 * 3600
        ? [3600, 'hours']
        : span > 300
          ? [60, 'minutes']
          : [1, 'seconds'];
  const x = { name, min: 0 };
  const label = new Map(report.model.nodes.map((node) => [node.id, node.label]));
  const series = (key: 'backlog' | 'oldestAge' | 'running' | 'utilisation', scale = 1): Line[] =>
    nodes.flatMap((node) => {
      const values = node.series[key];
      if (values === undefined || values.every((value) => value === 0)) return [];
      return [
        {
          name: label.get(node.id) ?? node.id,
          points: values.map((value, index) => [(node.times[index] ?? 0) / unit, value * scale] as const),
        },
      ];
    });
  const figure = (title: string, lines: readonly Line[], y: string): Markup | false =>
    lines.length > 0 &&
    html`<figure><figcaption>${title}</figcaption>${lineChart({ title, lines, x, y: { name: y, min: 0 } })}</figure>`;
  const load = report.profile.entries.map((entry) => ({
    name: entry.id,
    points: entry.curve.map(([at, rate]) => [at / unit, rate] as const),
  }));
  const cost = report.result?.cost;
  const hours = (cost?.times[1] ?? 3600) - (cost?.times[0] ?? 0);
  return html`<div class="charts">${figure('Load', load, 'requests a second')}${figure('Waiting', series('backlog'), 'messages or requests')}${figure('Age of the oldest waiting', series('oldestAge'), 'seconds')}${figure('Tasks and environments running', series('running'), 'running')}${figure('Utilisation', series('utilisation', 100), 'per cent')}${
    cost !== undefined &&
    cost.total.length > 1 &&
    figure(
      'Cost',
      [
        {
          name: 'all',
          points: cost.total.map(
            (value, index) => [(cost.times[index] ?? 0) / unit, (value / hours) * 3600] as const,
          ),
        },
      ],
      'USD an hour',
    )
  }</div>${cost && html`<p class="quiet">At this load: ${usd(cost.monthlyUsd)} a month at list prices. ${cost.covers}${cost.notPriced.length > 0 && ` Not priced: ${cost.notPriced.map((one) => `${one.what} of ${one.node} (${one.because})`).join('; ')}.`}</p>`}`;
}

const modelNode = (node: ModelNode): Markup =>
  html`<h3>${node.label} <small>${node.kind}, ${node.resource.id}</small></h3><table>${node.numbers.map(
    (number) =>
      html`<tr><td><code>${number.name}</code></td><td class="n">${count(number.value)}</td><td>${number.assumed && html`<b>assumed</b> `}<small>${number.source}</small></td></tr>`,
  )}</table>`;
