/** A local run's bill in the terminal. */

import { formatDuration } from '../../../core/duration.ts';
import type { BillReport } from '../../cost/report.ts';
import { bothUsd, count, plural, usd } from '../format.ts';
import { columns, fold, type Page, shorten } from './style.ts';

export function billLines(bill: BillReport, { style, width }: Page): string[] {
  const lines = [...bill.lines].sort((a, b) => b.usdWithoutFree.month - a.usdWithoutFree.month);
  const { isTooShort, factor, because } = bill.extrapolation;
  const amounts = ({ usd: less, usdWithoutFree: list }: Amounts): string[] =>
    isTooShort
      ? [usd(list.run), usd(less.run)]
      : [usd(list.run), usd(list.month), usd(less.run), usd(less.month)];
  // Half of the remaining width each for resources and prices; on a narrow page the quantity is left out first.
  const hasQuantity = width >= 95;
  const nameWidth = Math.max(14, Math.floor((width - (hasQuantity ? 72 : 46)) / 2));
  const rows = bill.byService.flatMap((service) => [
    [shorten(service.key, nameWidth), '', '', ...amounts(service)],
    ...lines
      .filter((line) => line.service === service.key)
      .map((line) => [
        `  ${shorten(line.ref?.name ?? (line.resource ?? 'the account').split(':').slice(-1).join(''), nameWidth - 2)}`,
        shorten(line.region === undefined ? line.what : `${line.what}, ${line.region}`, nameWidth),
        shorten(`${count(line.quantity.run)} ${line.unit}${line.quantity.run === 1 ? '' : 's'}`, 22),
        ...amounts(line),
      ]),
  ]);
  const heads = isTooShort
    ? [['', '', '', 'run', 'with free tier']]
    : [
        ['', '', '', '', '', 'with the', 'free tier'],
        ['', '', '', 'run', 'a month', 'run', 'a month'],
      ];
  const shown = [...heads, ...rows].map((row) => row.filter((_, index) => index !== 2 || hasQuantity));
  const right = hasQuantity ? [2, 3, 4, 5, 6] : [2, 3, 4, 5];
  const run = `${style.bold(bothUsd(bill.totalWithoutFree.run, bill.total.run))} for this run of ${formatDuration(bill.hours * 3600)}`;
  return [
    ...(isTooShort
      ? [run, style.yellow(because)]
      : [
          run,
          `${style.bold(bothUsd(bill.totalWithoutFree.month, bill.total.month))} a month at this rate`,
          style.dim(`× ${count(factor)}: ${because}`),
        ]),
    '',
    ...columns(shown, right).map((line) => (/^\S/.test(line) ? style.bold(line) : line)),
    ...(bill.notPriced.length > 0
      ? [
          '',
          style.yellow(`Not priced, and in no total: ${plural(bill.notPriced.length, 'dimension')}`),
          ...bill.notPriced.map((one) => `  ${one.meter} ${one.usage}: ${one.because}`),
        ]
      : []),
    '',
    style.dim(
      `${bill.prices.disclaimer} Prices of ${[...new Set([bill.region, ...lines.flatMap(({ region }) => region ?? [])])].join(', ')}${bill.prices.oldest ? `, read between ${bill.prices.oldest} and ${bill.prices.newest}` : ''}.`,
    ),
  ].flatMap((line) => fold(line, width));
}

interface Amounts {
  readonly usd: { readonly run: number; readonly month: number };
  readonly usdWithoutFree: { readonly run: number; readonly month: number };
}
