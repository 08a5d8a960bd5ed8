/** `position` and `limit` of API Gateway's lists. */
import { badRequest } from './errors.ts';

export function page<T>(
  items: readonly T[],
  { position, limit }: { readonly position?: string | undefined; readonly limit?: number | undefined },
): { items: T[]; position?: string } {
  const start = position ? Number(Buffer.from(position, 'base64').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) throw badRequest('Invalid position parameter');
  const end = start + Math.min(limit ?? 25, 500);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { position: Buffer.from(String(end)).toString('base64') } : {}),
  };
}
