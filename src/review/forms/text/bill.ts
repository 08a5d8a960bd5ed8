/** A local run's bill in the terminal. */
import type { BillReport } from '../../cost/report.ts';
import { count, plural, usd } from '../words.ts';
import { columns, fold, type Page, shorten } from './style.ts';

export function billLines(bill: BillReport, { style, width }: Page): string[] {
  const lines = [...bill.lines].sort(
    (a, b) => b.usd.month - a.usd.month || b.usdWithoutFree.run - a.usdWithoutFree.run,
  );
  const services = [...new Set(lines.map((line) => line.service))];
  const sum = (service: string, key: 'run' | 'month') =>
    bill.byService.find((one) => one.key === service)?.[key] ?? 0;
  const rows = services.flatMap((service) => [
    [style.bold(service), '', '', usd(sum(service, 'run')), usd(sum(service, 'month')), ''],
    ...lines
      .filter((line) => line.service === service)
      .map((line) => [
        `  ${shorten(line.ref === undefined ? (line.resource ?? 'the account').split(':').slice(-1).join('') : line.ref.name, 34)}`,
        line.what,
        `${count(line.quantity.run)} ${line.unit}${line.quantity.run === 1 ? '' : 's'}`,
        usd(line.usd.run),
        usd(line.usd.month),
        line.free.run > 0 ? `free tier; ${usd(line.usdWithoutFree.run)} without` : '',
      ]),
  ]);
  return [
    `${style.bold(usd(bill.total.run))} for this run of ${count(bill.hours)} h, ${style.bold(usd(bill.total.month))} a month at this rate (${usd(bill.totalWithoutFree.run)} and ${usd(bill.totalWithoutFree.month)} without the free tier)`,
    style.dim(`× ${count(bill.extrapolation.factor)}: ${bill.extrapolation.because}`),
    '',
    ...columns([['', '', '', 'run', 'a month', ''], ...rows], [2, 3, 4]),
    ...(bill.notPriced.length > 0
      ? [
          '',
          style.yellow(`Not priced, and in no total: ${plural(bill.notPriced.length, 'dimension')}`),
          ...bill.notPriced.map((one) => `  ${one.meter} ${one.usage}: ${one.because}`),
        ]
      : []),
    '',
    style.dim(
      `${bill.prices.disclaimer} Prices of ${bill.region}${bill.prices.oldest ? `, read between ${bill.prices.oldest} and ${bill.prices.newest}` : ''}.`,
    ),
  ].flatMap((line) => fold(line, width));
}
