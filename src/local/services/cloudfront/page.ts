import { paging } from '../../paging.ts';
import { invalidArgument } from './errors.ts';

interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | string | undefined;
}

const cut = paging({
  defaultLimit: 100,
  invalidToken: (marker) => invalidArgument(`The marker ${marker} is not from this list.`),
});

/** CloudFront's lists: a marker, at most MaxItems, and their own length. */
export function page<T, S>(items: Iterable<T>, request: PageRequest, show: (item: T) => S) {
  const { Marker = '' } = request;
  const MaxItems = request.MaxItems === undefined ? 100 : Number(request.MaxItems);
  if (!Number.isInteger(MaxItems) || MaxItems < 0)
    throw invalidArgument(`MaxItems must be a number, got ${String(request.MaxItems)}.`);
  const { items: shown, next } = cut([...items], Marker, MaxItems);
  return {
    Marker,
    MaxItems,
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { NextMarker: next }),
    Quantity: shown.length,
    ...(shown.length > 0 ? { Items: shown.map(show) } : {}),
  };
}
