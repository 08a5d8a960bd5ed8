import { SlipwayError } from '../core/errors.ts';

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * `500ms`, `30s`, `10m`, `1h30m`, `1d` in ms.
 *
 * @param what the option or argument, as the user writes it
 * @throws SlipwayError cli.usage
 */
export function duration(what: string, text: string): number {
  const parts = [...text.matchAll(/(\d{1,12})(ms|s|m|h|d)/g)];
  if (text === '' || parts.map(([part]) => part).join('') !== text)
    throw new SlipwayError(
      'cli.usage',
      `${what} takes numbers with ms, s, m, h or d, such as 10m or 1h30m; got ${text || 'nothing'}`,
    );
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit as keyof typeof unitMs], 0);
}
