/** Numbers as people write them: `250ms`, `5 min`, `1%`, `100 per hour`. */
const seconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  m: 60,
  h: 3_600,
  hour: 3_600,
  d: 86_400,
  day: 86_400,
  month: 2_628_000,
};

export type Scalar = string | number | boolean | null | undefined;

/** Seconds. */
export function durationOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const [, number, unit = 's'] = /^([\d.]+)\s*([a-z]+)?$/i.exec(value.trim()) ?? [];
  const factor = seconds[unit] ?? seconds[unit.replace(/s$/, '')];
  const amount = Number(number);
  return number === undefined || factor === undefined || Number.isNaN(amount) ? undefined : amount * factor;
}

/** 0 to 1, from `0.01` or `1%`. */
export function shareOf(value: Scalar): number | undefined {
  const percent = typeof value === 'string' ? /^([\d.]+)\s*%$/.exec(value.trim())?.[1] : undefined;
  const share = percent === undefined ? numberOf(value) : Number(percent) / 100;
  return share !== undefined && share >= 0 && share <= 1 ? share : undefined;
}

export function numberOf(value: Scalar): number | undefined {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

type RateText =
  | { readonly perSecond: number }
  /** So many for each arrival of another entry. */
  | { readonly times: number; readonly of: string };

/** `2 per second`, `100/hour`, `10,000 per month`, `4 per POST /jobs`; a bare number is per second. */
export function rateOf(value: Scalar): RateText | undefined {
  if (typeof value === 'number') return { perSecond: value };
  if (typeof value !== 'string') return undefined;
  const [, text = '', of = ''] =
    /^([\d.,_]+)\s*(?:per\b|\/(?=\s*[a-z]+$)|a\b|an\b)\s*(.+)$/.exec(value.trim()) ?? [];
  const number = numberOf(text.replace(/[,_]/g, ''));
  if (number === undefined) {
    const bare = numberOf(value.replace(/[,_]/g, ''));
    return bare === undefined ? undefined : { perSecond: bare };
  }
  const unit = seconds[of.trim()] ?? undefined;
  return unit === undefined ? { times: number, of: of.trim() } : { perSecond: number / unit };
}

/** `0.0278` → `100 an hour`: in the largest unit in which it is not below one. */
export function showRate(perSecond: number): string {
  for (const [name, unit] of [
    ['second', 1],
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
  ] as const)
    if (perSecond * unit >= 0.995)
      return `${round(perSecond * unit)} ${name === 'hour' ? 'an' : 'a'} ${name}`;
  return `${round(perSecond * 2_628_000)} a month`;
}

export const round = (value: number): string => String(Number(value.toPrecision(3)));
