/** How often a schedule fires, from `rate(…)` and the cron forms with a fixed interval. Others are refused by name. */
const units: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Seconds between two runs; undefined when it does not follow from the expression. */
export function intervalOf(expression: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim()) ?? [];
  if (count !== undefined && unit !== undefined) return Number(count) * (units[unit] ?? 0) || undefined;
  const cron = /^cron\((.*)\)$/.exec(expression.trim())?.[1]?.split(/\s+/);
  if (cron?.length !== 6) return undefined;
  const [minute = '', hour = '', ...rest] = cron;
  if (rest.some((part) => part !== '*' && part !== '?')) return undefined;
  const every = (part: string): number | undefined => {
    const step = /^(?:\*|0)\/(\d+)$/.exec(part)?.[1];
    return step === undefined ? undefined : Number(step);
  };
  if (hour === '*' && minute === '*') return 60;
  if (hour === '*') return /^\d+$/.test(minute) ? 3_600 : every(minute) && (every(minute) ?? 0) * 60;
  if (!/^\d+$/.test(minute)) return undefined;
  if (/^\d+$/.test(hour)) return 86_400;
  return every(hour) === undefined ? undefined : (every(hour) ?? 0) * 3_600;
}
