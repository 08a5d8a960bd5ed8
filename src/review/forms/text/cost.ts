import { type CostReport, levels } from '../../cost/report.ts';
import { bothUsd, count, plural, usd } from '../format.ts';
import { columns, type Page, shorten, wrap } from './style.ts';

const linesShown = 8;

export function costLines(report: CostReport, page: Page): string[] {
  const { style, width } = page;
  const { totals, uses, notPriced } = report;
  const missing = notPriced.length > 0 ? style.yellow(` + ${notPriced.length} not priced`) : '';
  return [
    `${style.bold(bothUsd(totals.allWithoutFree.expected, totals.all.expected))}${missing} a month at ${plural(uses.expected, uses.unit)}`,
    ...levelTable(report),
    ...dearest(report, page),
    ...(notPriced.length > 0
      ? [
          style.yellow(`  Not priced, and in no total: ${plural(notPriced.length, 'thing')}`),
          ...notPriced
            .slice(0, 5)
            .map((entry) => shorten(`    ${entry.resource.name}: ${entry.what}: ${entry.because}`, width)),
          ...(notPriced.length > 5 ? [`    … and ${notPriced.length - 5} more`] : []),
        ]
      : []),
    ...assumedUse(report).flatMap((line) => wrap(line, width, '    ', '  ').map(style.yellow)),
  ];
}

/** Both figures at every level of use. */
function levelTable({ totals, uses, perThousandUses }: CostReport): string[] {
  const at = (number: number): string => plural(number, uses.unit);
  return columns(
    [
      ['', 'at rest', at(uses.low), at(uses.expected), at(uses.high), 'a thousand more'],
      [
        '  without the free tier',
        ...levels.map((level) => usd(totals.allWithoutFree[level])),
        usd(perThousandUses.marginalWithoutFree),
      ],
      [
        '  with the free tier',
        ...levels.map((level) => usd(totals.all[level])),
        usd(perThousandUses.marginal),
      ],
    ],
    [1, 2, 3, 4, 5],
  );
}

function dearest(report: CostReport, { style, width }: Page): string[] {
  const lines = report.lines
    .filter((line) => line.usdWithoutFree.expected > 0)
    .sort((a, b) => b.usdWithoutFree.expected - a.usdWithoutFree.expected);
  if (lines.length === 0) return [];
  const rest = lines.slice(linesShown);
  const sum = (figure: 'usd' | 'usdWithoutFree'): number =>
    rest.reduce((all, line) => all + line[figure].expected, 0);
  const rows = lines
    .slice(0, linesShown)
    .map((line) => [
      `  ${usd(line.usdWithoutFree.expected)}`,
      usd(line.usd.expected),
      shorten(line.resource.name, 34),
      line.what,
      `${count(line.quantity.expected)} ${line.unit}${line.quantity.expected === 1 ? '' : 's'}`,
    ]);
  const more =
    rest.length === 0
      ? []
      : [[`  ${usd(sum('usdWithoutFree'))}`, usd(sum('usd')), plural(rest.length, 'more line'), '', '']];
  const [head = '', ...shown] = columns(
    [['  without', 'with free tier', '', '', ''], ...rows, ...more],
    [0, 1],
  ).map((line) => shorten(line, width));
  return [style.dim(head), ...shown];
}

function assumedUse(report: CostReport): string[] {
  const assumed = report.assumptions.filter(
    (one) => one.kind === 'assumed' && one.answer !== undefined,
  ).length;
  return assumed === 0
    ? []
    : [
        `${plural(assumed, 'usage figure')} assumed: state them in slipway-review.yaml; slipway review --init writes the questions`,
      ];
}
