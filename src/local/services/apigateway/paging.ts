import { paging } from '../../paging.ts';
import { badRequest } from './errors.ts';

const cut = paging({
  defaultLimit: 25,
  maxLimit: 500,
  invalidToken: () => badRequest('Invalid position parameter'),
});

/** `position` and `limit` of API Gateway's lists. */
export function page<T>(
  items: readonly T[],
  { position, limit }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { readonly items: readonly T[]; readonly position: string | undefined } {
  const { items: shown, next } = cut(items, position, limit);
  return { items: shown, position: next };
}
