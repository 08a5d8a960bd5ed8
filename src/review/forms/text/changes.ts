/** What changed against another review, in the terminal. */
import type { Comparison } from '../../compare.ts';
import { hasMoved } from '../../cost/compare.ts';
import type { CostComparison } from '../../cost/report.ts';
import { scenarioText } from '../../recovery/report.ts';
import { count, plural, usd, usdChange } from '../format.ts';
import { rpoText, rtoText } from '../recovery-format.ts';
import { findingLines } from './findings.ts';
import { columns, fold, type Page } from './style.ts';

interface Changes {
  readonly review: Comparison;
  /** Absent when one of the two has no cost. */
  readonly cost?: CostComparison;
}

const maxRows = 8;

export function changeLines({ review, cost }: Changes, page: Page): string[] {
  const { style, width } = page;
  const { appeared, gone, stayed, objectives, holds, recovery, readiness, gates } = review;
  const { added, removed } = review.resources;
  const lines = [
    ...(cost ? costLines(cost) : []),
    ...(appeared.length > 0
      ? [`  ${style.red(`${plural(appeared.length, 'new finding')}:`)}`, ...findingLines(appeared, page)]
      : []),
    ...(gone.length > 0
      ? [
          `  ${style.green(`${plural(gone.length, 'finding')} gone:`)}`,
          ...some(gone.map(({ title }) => title)),
        ]
      : []),
    ...objectives.map(({ text, before, after }) => `  ${text}: ${before} → ${after}`),
    ...(holds ? [`  Holds ${count(holds.before)} → ${count(holds.after)} times the load`] : []),
    ...recovery.map(
      ({ scenario, before, after }) =>
        `  ${scenarioText[scenario].name}: back after ${rtoText(before.rto)}, loses ${rpoText(before.rpo)} → back after ${rtoText(after.rto)}, loses ${rpoText(after.rpo)}`,
    ),
    ...readiness.map(({ question, before, after }) => `  ${question} ${before} → ${after}`),
    ...gates.map(({ gate, before, after }) => `  Gate ${gate}: ${before} → ${after}`),
    ...(added.length > 0 ? [`  New: ${some(added, '').join(', ')}`] : []),
    ...(removed.length > 0 ? [`  Gone: ${some(removed, '').join(', ')}`] : []),
  ];
  const same = `${plural(stayed, 'finding')} as before`;
  return [
    `${style.bold('CHANGES')}    ${lines.length === 0 ? `nothing that was reviewed; ${same}` : same}`,
    ...lines,
  ].flatMap((line) => line.split('\n').flatMap((one) => fold(one, width)));
}

function costLines({ lines, totals, totalsWithoutFree, notPriced }: CostComparison): string[] {
  const { difference, after } = totalsWithoutFree;
  const less = totals.difference;
  const moved = lines.filter(hasMoved);
  if (moved.length === 0 && notPriced.added.length === 0 && difference.high === 0) return [];
  const rows = moved
    .slice(0, maxRows)
    .map(({ resource, what, usdWithoutFree: money, usd: withFree }) => [
      `    ${usdChange(money.after - money.before)}`,
      resource.name,
      what,
      `${usd(money.before)} → ${usd(money.after)}`,
      `${usd(withFree.before)} → ${usd(withFree.after)} with the free tier`,
    ]);
  return [
    `  Cost ${usdChange(difference.expected)} a month, now ${usd(after.expected)}; at rest ${usdChange(difference.rest)}, at high use ${usdChange(difference.high)}`,
    `  With the free tier ${usdChange(less.expected)}, now ${usd(totals.after.expected)}; at rest ${usdChange(less.rest)}, at high use ${usdChange(less.high)}`,
    ...columns(rows, [0]),
    ...(moved.length > maxRows ? [`    … and ${plural(moved.length - maxRows, 'more line')}`] : []),
    ...some(notPriced.added.map(({ resource, what }) => `Not priced: ${resource.name}: ${what}`)),
  ];
}

const some = (all: readonly string[], indent = '    '): string[] => [
  ...all.slice(0, maxRows).map((one) => `${indent}${one}`),
  ...(all.length > maxRows ? [`${indent}… and ${all.length - maxRows} more`] : []),
];
