/** Sums of lines, exact, in every grouping. */
import { add, approximate, type Decimal, zero } from './prices/index.ts';
import type { CostLine, Level, Levels, Total, Totals } from './report.ts';

type ExactLevels = Readonly<Record<Level, Decimal>>;

export interface ExactLine {
  readonly line: CostLine;
  readonly usd: ExactLevels;
  readonly usdWithoutFree: ExactLevels;
}

export const perLevel = <T>(make: (level: Level) => T): Readonly<Record<Level, T>> => ({
  rest: make('rest'),
  low: make('low'),
  expected: make('expected'),
  high: make('high'),
});

const nothing: ExactLevels = perLevel(() => zero);

const addLevels = (a: ExactLevels, b: ExactLevels): ExactLevels =>
  perLevel((level) => add(a[level], b[level]));

const inNumbers = (usd: ExactLevels): Levels => perLevel((level) => approximate(usd[level]));

function grouped(lines: readonly ExactLine[], keyOf: (line: CostLine) => string): readonly Total[] {
  const groups = new Map<string, { usd: ExactLevels; usdWithoutFree: ExactLevels; lines: number }>();
  for (const { line, usd, usdWithoutFree } of lines) {
    const key = keyOf(line);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { usd, usdWithoutFree, lines: 1 });
    else {
      group.usd = addLevels(group.usd, usd);
      group.usdWithoutFree = addLevels(group.usdWithoutFree, usdWithoutFree);
      group.lines++;
    }
  }
  return [...groups]
    .map(([key, group]) => ({
      key,
      usd: inNumbers(group.usd),
      usdWithoutFree: inNumbers(group.usdWithoutFree),
      lines: group.lines,
    }))
    .sort((a, b) => b.usdWithoutFree.expected - a.usdWithoutFree.expected || (a.key < b.key ? -1 : 1));
}

export function totalsOf(lines: readonly ExactLine[]): Totals {
  const tagKeys = [...new Set(lines.flatMap(({ line }) => Object.keys(line.tags)))].sort();
  return {
    all: inNumbers(lines.reduce((all, { usd }) => addLevels(all, usd), nothing)),
    allWithoutFree: inNumbers(
      lines.reduce((all, { usdWithoutFree }) => addLevels(all, usdWithoutFree), nothing),
    ),
    byResource: grouped(lines, ({ resource }) => resource.id),
    byBlock: grouped(lines, ({ resource }) => resource.block),
    byStack: grouped(lines, ({ resource }) => resource.stack),
    byService: grouped(lines, ({ service }) => service),
    byTag: Object.fromEntries(tagKeys.map((key) => [key, grouped(lines, ({ tags }) => tags[key] ?? '')])),
  };
}
