/**
 * The review as a pull-request comment. With a comparison, only what changed; without one, a summary. Stays under
 * GitHub's limit of 65,536 characters by leaving out the tail of long lists, and says so.
 */
import type { Comparison } from '../compare.ts';
import { hasMoved } from '../cost/compare.ts';
import type { CostComparison } from '../cost/report.ts';
import { type Finding, isOpen, severities } from '../finding.ts';
import { scenarioText } from '../recovery/report.ts';
import { allFindings, type ReviewReport } from '../report.ts';
import { bothUsd, count, percent, plural, usd, usdChange } from './format.ts';
import { openText, toolRule } from './open-findings.ts';
import { rpoText, rtoText } from './recovery-format.ts';

interface MarkdownOptions {
  readonly comparison?: { readonly review: Comparison; readonly cost?: CostComparison };
}

/** Lets a workflow find its own comment again. */
const marker = '<!-- slipway review -->';
const rowsShown = 25;
const textShown = 500;
/** GitHub's limit is 65,536; it may count bytes where we count letters. */
const charactersShown = 60_000;

export function toMarkdown(report: ReviewReport, { comparison }: MarkdownOptions = {}): string {
  const failed = report.gates.filter(({ verdict }) => verdict === 'failed');
  const parts = [
    marker,
    `## ${failed.length > 0 ? '❌' : '✅'} Review of ${text(report.app.name)}`,
    ...report.gates.map(
      ({ gate, verdict, because }) =>
        `- ${verdict === 'passed' ? '✅' : verdict === 'failed' ? '❌' : '❔'} **${gate.replaceAll('-', ' ')}**: ${text(because)}`,
    ),
    ...report.failures.map(
      ({ section, error }) => `- ⚠️ the ${section} section failed through a bug in Slipway: ${text(error)}`,
    ),
    ...(report.security?.tools ?? [])
      .filter(({ outcome }) => outcome === 'could-not-run')
      .map(({ name, because }) => `- ❔ **${name}** was not run: ${text(because ?? 'no reason is known')}`),
    '',
    ...(comparison ? changes(report, comparison.review, comparison.cost) : summary(report)),
  ];
  return fitted(`${parts.join('\n').trimEnd()}\n`);
}

function changes(report: ReviewReport, review: Comparison, cost: CostComparison | undefined): string[] {
  const parts = [
    ...(cost ? costChanges(cost, report) : []),
    ...list('New findings', review.appeared),
    ...(review.gone.length > 0
      ? folded(
          `${plural(review.gone.length, 'finding')} gone`,
          some(
            review.gone.map((finding) => `- ~~${text(finding.title)}~~`),
            (left) => `- … and ${left} more`,
          ),
        )
      : []),
    ...(review.objectives.length > 0 || review.holds
      ? [
          '### Capacity',
          ...review.objectives.map(
            ({ text: objective, before, after }) => `- ${text(objective)}: ${before} → **${after}**`,
          ),
          ...(review.holds
            ? [`- holds ${count(review.holds.before)} → **${count(review.holds.after)}** times the load`]
            : []),
          '',
        ]
      : []),
    ...(review.recovery.length > 0
      ? [
          '### Recovery',
          '| if | before | after |',
          '| --- | --- | --- |',
          ...review.recovery.map(
            ({ scenario, before, after }) =>
              `| ${scenarioText[scenario].name} | back after ${rtoText(before.rto)}, loses ${rpoText(before.rpo)} | **back after ${rtoText(after.rto)}, loses ${rpoText(after.rpo)}** |`,
          ),
          '',
        ]
      : []),
    ...(review.readiness.length > 0
      ? [
          '### Readiness',
          ...review.readiness.map((item) => `- ${text(item.question)} ${item.before} → **${item.after}**`),
          '',
        ]
      : []),
  ];
  const { added, removed } = review.resources;
  const unchanged = `${plural(review.stayed, 'finding')} as before`;
  if (parts.length === 0) return [`Nothing that was reviewed changed; ${unchanged}.`];
  return [
    ...parts,
    `<sub>${added.length} resources drawn that were not there, ${removed.length} gone; ${unchanged}.</sub>`,
  ];
}

function costChanges(cost: CostComparison, report: ReviewReport): string[] {
  const { difference, after } = cost.totalsWithoutFree;
  const less = cost.totals;
  const uses = report.cost?.uses;
  const { added, removed } = cost.notPriced;
  if (cost.lines.length === 0 && added.length === 0 && removed.length === 0) return [];
  const moved = cost.lines.filter(hasMoved);
  const at = uses === undefined ? '' : ` at ${text(plural(uses.expected, uses.unit))}`;
  return [
    `### Cost: ${usdChange(difference.expected)} a month${at}, now ${bothUsd(after.expected, less.after.expected)}`,
    '| | change | now | with the free tier | now |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...(['rest', 'expected', 'high'] as const).map(
      (level) =>
        `| ${level === 'rest' ? 'at rest' : `at ${level} use`} | ${usdChange(difference[level])} | ${usd(after[level])} | ${usdChange(less.difference[level])} | ${usd(less.after[level])} |`,
    ),
    '',
    '| resource | what | before | after | change | with the free tier |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...some(
      moved.map(
        ({ resource, what, usdWithoutFree: money, usd: withFree }) =>
          `| ${text(resource.name)} | ${text(what)} | ${usd(money.before)} | ${usd(money.after)} | ${usdChange(money.after - money.before)} | ${usdChange(withFree.after - withFree.before)} |`,
      ),
      (left) => `| … | ${left} more | | | | |`,
    ),
    ...(moved.length < cost.lines.length
      ? [`| … | ${plural(cost.lines.length - moved.length, 'line')} without a change in cost | | | | |`]
      : []),
    ...some(
      added.map(
        (entry) =>
          `\n⚠️ Not priced: ${text(entry.resource.name)}: ${text(entry.what)}: ${text(entry.because)}`,
      ),
      (left) => `\n… and ${left} more that are not priced`,
    ),
    '',
  ];
}

function summary(report: ReviewReport): string[] {
  const { cost, security, capacity, recovery, readiness } = report;
  const open = allFindings(report)
    .filter((finding) => isOpen(finding))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const rows = [
    cost && [
      'Cost',
      `**${bothUsd(cost.totals.allWithoutFree.expected, cost.totals.all.expected)}** a month at ${text(plural(cost.uses.expected, cost.uses.unit))}; ${bothUsd(cost.totals.allWithoutFree.rest, cost.totals.all.rest)} at rest; ${bothUsd(cost.perThousandUses.marginalWithoutFree, cost.perThousandUses.marginal)} per thousand more${cost.notPriced.length > 0 ? `; **${cost.notPriced.length} not priced**` : ''}`,
    ],
    security && ['Security', openText(security.results)],
    capacity && ['Capacity', [...capacityText(capacity), openText(capacity.rules)].join('<br>')],
    recovery && [
      'Recovery',
      [
        ...recovery.whole.map(
          (answer) =>
            `${scenarioText[answer.scenario].name.toLowerCase()}: ${rtoText(answer.rto)}, loses ${rpoText(answer.rpo)}`,
        ),
        openText(recovery.rules),
      ].join('<br>'),
    ],
    readiness && [
      'Readiness',
      `${readiness.counts.yes} yes, ${readiness.counts.no} no, ${readiness.counts.partly} partly, ${readiness.counts.person} for a person`,
    ],
  ].filter((row) => row !== undefined);
  const severe = open.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const dearest = [...(cost?.lines ?? [])]
    .sort((a, b) => b.usdWithoutFree.expected - a.usdWithoutFree.expected)
    .filter((line) => line.usdWithoutFree.expected > 0);
  return [
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, what]) => `| **${name}** | ${what} |`),
    '',
    ...list('Findings to look at first', severe),
    ...(dearest.length > 0
      ? folded('Cost, line by line', [
          '| a month | with the free tier | resource | what | how |',
          '| ---: | ---: | --- | --- | --- |',
          ...some(
            dearest.map(
              (line) =>
                `| ${usd(line.usdWithoutFree.expected)} | ${usd(line.usd.expected)} | ${text(line.resource.name)} | ${text(line.what)} | ${text(line.formula)} |`,
            ),
            (left) => `| | | … | ${left} more | |`,
          ),
        ])
      : []),
    ...(open.length > severe.length
      ? folded(
          `${plural(open.length - severe.length, 'lesser finding')}`,
          some(
            open
              .filter((finding) => !severe.includes(finding))
              .map((finding) => `- ${finding.severity}: ${text(finding.title)}`),
            (left) => `- … and ${left} more`,
          ),
        )
      : []),
  ];
}

function capacityText(capacity: NonNullable<ReviewReport['capacity']>): readonly string[] {
  if (capacity.result === null) return [`not simulated: ${text(capacity.because ?? '')}`];
  const objectives = capacity.objectives.map(
    ({ text: objective, verdict, value, unit }) =>
      `${verdict === 'met' ? '✅' : verdict === 'missed' ? '❌' : '❔'} ${text(objective)}${value !== null && unit === 'share' ? ` (${percent(value)})` : ''}`,
  );
  const { breaking } = capacity;
  const holds =
    breaking.outcome === 'breaks'
      ? [`breaks at ${count(breaking.breaksAt)} times this load: ${text(breaking.first.label)}`]
      : breaking.outcome === 'holds'
        ? [`holds ${count(breaking.upTo)} times this load`]
        : [];
  return [...objectives, ...holds];
}

const list = (title: string, findings: readonly Finding[]): string[] =>
  findings.length === 0
    ? []
    : [
        `### ${title}`,
        ...some(
          [...findings]
            .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
            .map(
              (finding) =>
                `- **${finding.severity}**: ${text(finding.title)}<br>_Mend:_ ${text(finding.fix)} \`${toolRule(finding)}\``,
            ),
          (left) => `- … and ${left} more; \`slipway review\` lists them`,
        ),
        '',
      ];

const some = (rows: readonly string[], more: (left: number) => string): string[] =>
  rows.length <= rowsShown ? [...rows] : [...rows.slice(0, rowsShown), more(rows.length - rowsShown)];

const folded = (title: string, lines: readonly string[]): string[] => [
  `<details><summary>${title}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
  '',
];

/** A template's own words must not become markup, links, mentions, references or formulas. */
const text = (raw: string): string => {
  const line = raw.replace(/\s+/g, ' ').trim();
  return (line.length <= textShown ? line : `${line.slice(0, textShown)}…`).replace(special, (found) => {
    if (/[<>&$]/.test(found)) return `&#${found.charCodeAt(0)};`;
    return /[\\`*_[\]|~]/.test(found) ? `\\${found}` : `${found}&#8203;`;
  });
};
const special = /[<>&\\`*_[\]|~]|\$(?!\d)|@(?=\w)|#(?=\d)|:(?=\/\/)|www(?=\.)/gi;

/** Cut at a line, outside of what folds. */
function fitted(whole: string): string {
  if (whole.length <= charactersShown) return whole;
  const end = whole.lastIndexOf('\n', charactersShown);
  const kept = whole.slice(0, end);
  const isFolded = kept.lastIndexOf('<details>') > kept.lastIndexOf('</details>');
  return `${kept}${isFolded ? '\n\n</details>' : ''}\n\n_The rest is left out: a comment holds no more. \`slipway review\` shows it._\n`;
}
