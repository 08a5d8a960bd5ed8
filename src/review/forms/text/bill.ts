/** A local run's bill in the terminal. */
import type { BillReport } from '../../cost/report.ts';
import { count, plural, usd } from '../format.ts';
import { columns, fold, type Page, shorten } from './style.ts';

export function billLines(bill: BillReport, { style, width }: Page): string[] {
  const lines = [...bill.lines].sort(
    (a, b) => b.usd.month - a.usd.month || b.usdWithoutFree.run - a.usdWithoutFree.run,
  );
  const services = [...new Set(lines.map((line) => line.service))];
  const sum = (service: string, key: 'run' | 'month') =>
    bill.byService.find((one) => one.key === service)?.[key] ?? 0;
  const amounts = (run: number, month: number, list: number): string[] => [usd(run), usd(month), usd(list)];
  // Half of the remaining width each for resources and prices; on a narrow page the quantity is left out first.
  const hasQuantity = width >= 95;
  const nameWidth = Math.max(14, Math.floor((width - (hasQuantity ? 68 : 42)) / 2));
  const rows = services.flatMap((service) => {
    const own = lines.filter((line) => line.service === service);
    const list = own.reduce((total, line) => total + line.usdWithoutFree.run, 0);
    return [
      [shorten(service, nameWidth), '', '', ...amounts(sum(service, 'run'), sum(service, 'month'), list)],
      ...own.map((line) => [
        `  ${shorten(line.ref?.name ?? (line.resource ?? 'the account').split(':').slice(-1).join(''), nameWidth - 2)}`,
        shorten(line.what, nameWidth),
        shorten(`${count(line.quantity.run)} ${line.unit}${line.quantity.run === 1 ? '' : 's'}`, 26),
        ...amounts(line.usd.run, line.usd.month, line.usdWithoutFree.run),
      ]),
    ];
  });
  const head = ['', '', '', 'run', 'a month', 'without free'];
  const shown = [head, ...rows].map((row) => row.filter((_, index) => index !== 2 || hasQuantity));
  return [
    `${style.bold(usd(bill.total.run))} for this run of ${count(bill.hours)} h, ${style.bold(usd(bill.total.month))} a month at this rate (${usd(bill.totalWithoutFree.run)} and ${usd(bill.totalWithoutFree.month)} without the free tier)`,
    style.dim(`× ${count(bill.extrapolation.factor)}: ${bill.extrapolation.because}`),
    '',
    ...columns(shown, hasQuantity ? [2, 3, 4, 5] : [2, 3, 4]).map((line) =>
      /^\S/.test(line) ? style.bold(line) : line,
    ),
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
