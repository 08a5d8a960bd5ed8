import { SlipwayError } from '../core/errors.ts';

/** `30s`, `10m`, `2h`, `1d` in ms. */
export function duration(option: string, text: string): number {
  const match = /^(\d+)(s|m|h|d)$/.exec(text);
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match?.[2] ?? ''];
  if (match && unit) return Number(match[1]) * unit;
  throw new SlipwayError(
    'cli.usage',
    `--${option} takes a number and s, m, h or d, such as 10m; got ${text}`,
  );
}
