import type { CostReport } from '../../cost/report.ts';
import { count, plural, usd } from '../format.ts';
import { columns, type Page, shorten } from './style.ts';

export function costLines(report: CostReport, { style, width }: Page): string[] {
  const { totals, uses, perThousandUses, notPriced } = report;
  const lines = report.lines
    .filter((line) => line.usd.expected > 0)
    .sort((a, b) => b.usd.expected - a.usd.expected);
  const shown = lines.slice(0, 8);
  const rest = lines.slice(8).reduce((sum, line) => sum + line.usd.expected, 0);
  const rows = shown.map((line) => [
    `  ${usd(line.usd.expected)}`,
    shorten(line.resource.name, 34),
    line.what,
    `${count(line.quantity.expected)} ${line.unit}${line.quantity.expected === 1 ? '' : 's'}`,
  ]);
  return [
    `${style.bold(usd(totals.all.expected))}${notPriced.length > 0 ? style.yellow(` + ${notPriced.length} not priced`) : ''} a month at ${plural(uses.expected, uses.unit)}: ${usd(totals.all.rest)} at rest and ${usd(perThousandUses.marginal)} per thousand more; ${usd(totals.all.low)} at ${count(uses.low)}, ${usd(totals.all.high)} at ${count(uses.high)}`,
    ...columns(rows, [0]).map((line) => shorten(line, width)),
    ...(rest > 0 ? [`  ${usd(rest)} in ${plural(lines.length - shown.length, 'more line')}`] : []),
    ...(notPriced.length > 0
      ? [
          style.yellow(`  Not priced, and in no total: ${plural(notPriced.length, 'thing')}`),
          ...notPriced
            .slice(0, 5)
            .map((entry) => shorten(`    ${entry.resource.name}: ${entry.what}: ${entry.because}`, width)),
          ...(notPriced.length > 5 ? [`    … and ${notPriced.length - 5} more`] : []),
        ]
      : []),
    ...assumedUse(report, style.yellow),
  ];
}

function assumedUse(report: CostReport, paint: (text: string) => string): string[] {
  const assumed = report.assumptions.filter(
    (one) => one.kind === 'assumed' && one.answer !== undefined,
  ).length;
  return assumed === 0
    ? []
    : [
        paint(
          `  ${plural(assumed, 'usage figure')} assumed: state them in slipway-review.yaml; slipway review --init writes the questions`,
        ),
      ];
}
