/** Pages of an ordered list; the token is the place of the next item. */
import { invalidParameter } from './errors.ts';

export function page<T>(all: readonly T[], limit: number | undefined, token: string | undefined) {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('Invalid token.');
  const size = limit ?? 100;
  const next = from + size < all.length ? { nextToken: String(from + size) } : {};
  return { items: all.slice(from, from + size), next };
}
