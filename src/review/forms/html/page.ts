/** The review as one HTML file: no script, nothing loaded, prints as it stands. */

import { formatDuration } from '../../../core/duration.ts';
import type { ReviewReport } from '../../report.ts';
import { count, placeOf, plural, usd } from '../format.ts';
import { openOf, openText } from '../open-findings.ts';
import { rpoText, rtoText } from '../recovery-format.ts';
import { drawDiagram } from './diagram.ts';
import { escapeText, html, type Markup } from './escape.ts';
import { capacitySection } from './sections/capacity.ts';
import { costSection } from './sections/cost.ts';
import { word } from './sections/findings.ts';
import { readinessSection } from './sections/readiness.ts';
import { recoverySection } from './sections/recovery.ts';
import { securitySection } from './sections/security.ts';
import { style } from './style.ts';

export function toHtml(
  report: ReviewReport,
  options: { readonly version: string; readonly date: string },
): string {
  const { app, cost, security, capacity, recovery, readiness } = report;
  const stacks = app.stacks.map(({ name }) => name).join(', ');
  const body = html`<main><h1>${app.name}</h1>
<p class="quiet">Review of ${stacks}: ${plural(app.resources, 'resource')} in ${app.region}. Computed from the template by Slipway ${options.version} on ${options.date}; nothing was deployed.</p>
<nav>${cost && html`<a href="#cost">Cost</a>`}${security && html`<a href="#security">Security</a>`}${capacity && html`<a href="#capacity">Capacity</a>`}${recovery && html`<a href="#recovery">Recovery</a>`}${readiness && html`<a href="#readiness">Readiness</a>`}<a href="#notes">What this rests on</a></nav>
${tiles(report)}${gates(report)}
<figure id="architecture"><figcaption>Architecture, as the template has it</figcaption>${picture(report)}</figure>
${cost && costSection(cost)}${security && securitySection(security)}${capacity && capacitySection(capacity)}${recovery && recoverySection(recovery)}${readiness && readinessSection(readiness)}${notes(report)}</main>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeText(app.name)}: review</title><style>${style}</style></head><body>${body.text}</body></html>\n`;
}

function picture({ diagram, cost, security }: ReviewReport): Markup {
  const owner = new Map(
    diagram.nodes.flatMap((node) => [node.id, ...node.parts].map((id) => [id, node.id] as const)),
  );
  const sums = new Map<string, number>();
  for (const line of cost?.lines ?? []) {
    const id = owner.get(line.resource.id);
    if (id !== undefined) sums.set(id, (sums.get(id) ?? 0) + line.usdWithoutFree.expected);
  }
  const corner = Object.fromEntries(
    [...sums].filter(([, sum]) => sum >= 0.005).map(([id, sum]) => [id, usd(sum)]),
  );
  const entries = security?.exposure.entries ?? [];
  const open = new Set(entries.flatMap(({ resource }) => owner.get(resource.id) ?? []));
  const legend = [
    cost && `Amounts: USD a month at ${plural(cost.uses.expected, cost.uses.unit)}, without the free tier.`,
    open.size > 0 && 'A ring marks what the internet reaches.',
  ];
  return html`<div class="scroll">${drawDiagram(diagram, { corner, open })}</div><p class="quiet">${legend.filter(Boolean).join(' ')}</p>${
    diagram.left.length > 0 &&
    html`<details><summary>Not drawn: ${plural(
      diagram.left.reduce((sum, { count }) => sum + count, 0),
      'resource',
    )}</summary><p class="quiet">${diagram.left.map(({ type, count }) => `${count} ${type}`).join(', ')}</p></details>`
  }`;
}

function tiles(report: ReviewReport): Markup {
  const { cost, security, capacity, recovery, readiness } = report;
  const open = openOf(security?.results ?? []);
  const severe = open.filter(({ severity }) => severity === 'critical' || severity === 'high').length;
  const missed = capacity?.objectives.filter(({ verdict }) => verdict === 'missed').length ?? 0;
  return html`<div class="tiles">${
    cost &&
    tile(
      'cost',
      cost.notPriced.length > 0 ? 'warn' : '',
      'Cost',
      usd(cost.totals.allWithoutFree.expected),
      `a month at ${plural(cost.uses.expected, cost.uses.unit)}, ${usd(cost.totals.all.expected)} with the free tier; at rest ${usd(cost.totals.allWithoutFree.rest)}, ${usd(cost.totals.all.rest)} with it${cost.notPriced.length > 0 ? `; ${cost.notPriced.length} not priced` : ''}`,
    )
  }${
    security &&
    tile(
      'security',
      severe > 0 ? 'bad' : open.length > 0 ? 'warn' : 'good',
      'Security',
      openText(security.results),
      `${security.exposure.entries.filter(({ authentication }) => authentication === 'none').length} entry points open to anyone`,
    )
  }${
    capacity &&
    tile(
      'capacity',
      capacity.result === null ? '' : missed > 0 ? 'bad' : 'good',
      'Capacity',
      capacity.result === null ? 'not simulated' : missed > 0 ? `${missed} missed` : 'objectives met',
      capacity.breaking.outcome === 'breaks'
        ? `holds ${count(capacity.breaking.holdsAt)} times this load`
        : capacity.breaking.outcome === 'holds'
          ? `holds ${count(capacity.breaking.upTo)} times this load`
          : capacity.breaking.outcome === 'broken'
            ? 'broken at any load'
            : 'breaking point unknown',
    )
  }${recovery && recoveryTile(recovery)}${
    readiness &&
    tile(
      'readiness',
      readiness.ready ? 'good' : 'warn',
      'Readiness',
      readiness.ready ? 'ready' : `${readiness.blocking.length} to do`,
      `${readiness.counts.yes} yes, ${readiness.counts.person} for a person to answer`,
    )
  }</div>`;
}

function recoveryTile({ targets, whole, rules }: NonNullable<ReviewReport['recovery']>): Markup {
  const worst = whole.find(({ scenario }) => scenario === 'deleted');
  const text = worst
    ? `deleted by mistake: back after ${rtoText(worst.rto)}, loses ${rpoText(worst.rpo)}; ${openText(rules)}`
    : openText(rules);
  if (targets.length === 0) return tile('recovery', '', 'Recovery', 'no targets', text);
  const missed = targets.filter(({ verdict }) => verdict !== 'met').length;
  const figure =
    missed > 0 ? `${missed} of ${targets.length} missed` : `${plural(targets.length, 'target')} met`;
  return tile('recovery', missed > 0 ? 'bad' : 'good', 'Recovery', figure, text);
}

const tile = (id: string, tone: string, title: string, figure: string, text: string): Markup =>
  html`<a class="tile ${tone}" href="#${id}"><b>${title}</b><strong>${figure}</strong><small>${text}</small></a>`;

const gates = ({ gates: all }: ReviewReport): Markup | false =>
  all.length > 0 &&
  html`<table class="gates"><tr><th>Gate</th><th>Verdict</th><th></th></tr>${all.map(({ gate, verdict, because }) => html`<tr><td>${gate.replaceAll('-', ' ')}</td><td>${word(verdict)}</td><td>${because}</td></tr>`)}</table>`;

function notes(report: ReviewReport): Markup {
  const { notUnderstood, assumptions, failures, milliseconds } = report;
  return html`<h2 id="notes">What this rests on</h2>
${failures.map(({ section, error }) => html`<p><b>The ${section} section failed through a bug in Slipway:</b> <code>${error}</code></p>`)}
${assumptions.length > 0 && html`<ul>${assumptions.map(({ what, value, because }) => html`<li>${what}: ${value}; ${because}</li>`)}</ul>`}
${notUnderstood.length > 0 ? html`<h3>Not understood</h3><ul>${notUnderstood.map((one) => html`<li>${placeOf(one)}${one.because}</li>`)}</ul>` : html`<p>Every value of the template was understood.</p>`}
<p class="quiet">${Object.entries(milliseconds)
    .map(([section, ms]) => `${section} ${formatDuration(ms / 1000)}`)
    .join(', ')}.</p>`;
}
