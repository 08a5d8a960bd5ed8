/**
 * Pages of lists. Tokens are opaque, as AWS's are: they hold the place of the next item, or the key of the last
 * one shown, so that what is deleted between two calls makes no item of a sorted list go missing.
 */

export interface Page<T> {
  readonly items: T[];
  /** The token of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

interface Paging {
  readonly defaultLimit: number;
  /** Larger limits are cut to it. */
  readonly maxLimit?: number;
  /** The service's own error for a token that was not given out. */
  invalidToken(token: string): Error;
}

/** @returns a cutter of lists; `keyOf` for lists in ascending order of that key */
export const paging =
  ({ defaultLimit, maxLimit = Number.POSITIVE_INFINITY, invalidToken }: Paging) =>
  <T>(
    items: readonly T[],
    token: string | undefined,
    limit: number = defaultLimit,
    keyOf?: (item: T) => string,
  ): Page<T> => {
    const from = token ? startOf(items, readToken(token), keyOf) : 0;
    if (from === undefined) throw invalidToken(token ?? '');
    const shown = items.slice(from, from + Math.min(limit, maxLimit));
    const end = from + shown.length;
    const last = shown.at(-1);
    const place = keyOf ? last && keyOf(last) : end;
    return {
      items: shown,
      next: end < items.length && place !== undefined ? writeToken(place) : undefined,
    };
  };

function startOf<T>(
  items: readonly T[],
  place: unknown,
  keyOf: ((item: T) => string) | undefined,
): number | undefined {
  if (!keyOf) return typeof place === 'number' && Number.isInteger(place) && place >= 0 ? place : undefined;
  if (typeof place !== 'string') return undefined;
  const next = items.findIndex((item) => keyOf(item) > place);
  return next < 0 ? items.length : next;
}

const writeToken = (place: string | number): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

/** Undefined when it is none of ours. */
function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
