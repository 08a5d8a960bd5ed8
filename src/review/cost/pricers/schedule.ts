/**
 * How often a rate(), cron() or at() expression fires in a month of 730 hours.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { hoursPerMonth } from '../prices/index.ts';

const minutesPerMonth = hoursPerMonth * 60;
const daysPerMonth = hoursPerMonth / 24;
const unitMinutes: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** undefined when it is not understood. */
export function timesPerMonth(expression: string): number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) {
    const every = Number(rate[1]) * (unitMinutes[rate[2] ?? ''] ?? 0);
    return every > 0 ? minutesPerMonth / every : undefined;
  }
  if (/^at\(/.test(expression)) return 0;
  const cron = /^cron\(([^)]*)\)$/.exec(expression.trim());
  if (cron === null) return undefined;
  const [minutes, hours, days, months, weekdays] = (cron[1] ?? '').trim().split(/\s+/);
  if (weekdays === undefined) return undefined;
  const counts = [count(minutes, 0, 59), count(hours, 0, 23), count(months, 1, 12)];
  const [perHour, hoursADay, monthsAYear] = counts;
  const ofMonth = /^[*?]$/.test(days ?? '') ? undefined : count(days, 1, 31);
  const ofWeek = /^[*?]$/.test(weekdays) ? undefined : count(weekdays, 1, 7);
  const fired = ofMonth ?? (ofWeek === undefined ? daysPerMonth : (ofWeek * daysPerMonth) / 7);
  if (perHour === undefined || hoursADay === undefined || monthsAYear === undefined) return undefined;
  return (perHour * hoursADay * fired * monthsAYear) / 12;
}

/** How many of the values from `first` to `last` a field takes; `L`, `W`, `#` and a name are one. */
function count(field: string | undefined, first: number, last: number): number | undefined {
  if (field === undefined) return undefined;
  let total = 0;
  for (const part of field.split(',')) {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const by = step === undefined ? 1 : Number(step);
    if (range === '' || by <= 0) return undefined;
    const [from = range, to] = range.split('-');
    if (range === '*' || range === '?') total += Math.ceil((last - first + 1) / by);
    else if (to !== undefined) {
      const size = position(to) - position(from) + 1;
      total += Math.ceil((size > 0 ? size : size + 7) / by);
    } else total += step === undefined ? 1 : Math.ceil((last - Number(from) + 1) / by);
  }
  return Number.isFinite(total) ? total : undefined;
}

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const position = (text: string): number =>
  /^\d+$/.test(text) ? Number(text) : weekdays.indexOf(text.toUpperCase()) + 1;
