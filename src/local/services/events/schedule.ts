/**
 * When a schedule is next due: rate(…) from when the rule was made, cron(…) in UTC. The L, W and # of cron are
 * refused by name. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
import { AwsError, unsupported } from '../../service.ts';

/** The first due time after `now`, ms since the epoch; undefined when there is none. */
export type Schedule = (now: number, since: number) => number | undefined;

const invalid = (expression: string) =>
  new AwsError('ValidationException', `Parameter ScheduleExpression is not valid. (${expression})`);

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export function parseSchedule(expression: string): Schedule {
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) {
    const [, amount = '', unit = '', plural] = rate;
    const count = Number(amount);
    // AWS insists on the grammar: "1 minute" and "5 minutes".
    if (count < 1 || (count === 1) !== (plural === '')) throw invalid(expression);
    const every = count * units[unit as keyof typeof units];
    return (now, since) => since + (Math.floor((now - since) / every) + 1) * every;
  }
  const cron = /^cron\(([^)]+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (cron?.length !== 6) throw invalid(expression);
  return cronSchedule(cron, expression);
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const days = 'SUN MON TUE WED THU FRI SAT'.split(' ');

function cronSchedule(fields: readonly string[], expression: string): Schedule {
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw invalid(expression);
  const field = (text: string, low: number, high: number, names: readonly string[] = [], first = 0) =>
    cronField(text, low, high, names, first, expression);
  const is = {
    minute: field(minutes, 0, 59),
    hour: field(hours, 0, 23),
    day: dayOfMonth === '?' ? undefined : field(dayOfMonth, 1, 31),
    month: field(month, 1, 12, months, 1),
    weekday: dayOfWeek === '?' ? undefined : field(dayOfWeek, 1, 7, days, 1),
    year: field(year, 1970, 2199),
  };
  return (now) => {
    const at = new Date(Math.floor(now / 60_000) * 60_000 + 60_000);
    while (at.getUTCFullYear() <= 2199) {
      if (!is.year.has(at.getUTCFullYear())) at.setTime(Date.UTC(at.getUTCFullYear() + 1, 0, 1));
      else if (!is.month.has(at.getUTCMonth() + 1))
        at.setTime(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
      else if (
        (is.day && !is.day.has(at.getUTCDate())) ||
        (is.weekday && !is.weekday.has(at.getUTCDay() + 1))
      )
        at.setTime(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1));
      else if (!is.hour.has(at.getUTCHours()))
        at.setTime((Math.floor(at.getTime() / 3_600_000) + 1) * 3_600_000);
      else if (!is.minute.has(at.getUTCMinutes())) at.setTime(at.getTime() + 60_000);
      else return at.getTime();
    }
    return undefined;
  };
}

function cronField(
  text: string,
  low: number,
  high: number,
  names: readonly string[],
  first: number,
  expression: string,
): ReadonlySet<number> {
  const values = new Set<number>();
  const number = (part: string) => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + first : Number(part);
    if (!Number.isInteger(value) || value < low || value > high) throw invalid(expression);
    return value;
  };
  for (const part of text.split(',')) {
    if (/[LW#]/.test(part) && !names.includes(part.toUpperCase().split('-')[0] ?? ''))
      throw unsupported(`${part} in the schedule ${expression}`);
    const [range = '', step] = part.split('/');
    const [from, to] = range === '*' ? [low, high] : range.split('-').map(number);
    if (from === undefined) throw invalid(expression);
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1) throw invalid(expression);
    for (let value = from; value <= (to ?? (step === undefined ? from : high)); value += by)
      values.add(value);
  }
  return values;
}
