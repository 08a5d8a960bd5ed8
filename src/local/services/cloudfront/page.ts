/** CloudFront's lists: a marker, at most MaxItems, and their own length. */
import { invalidArgument } from './errors.ts';

interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | string | undefined;
}

export function page<T, S>(
  items: Iterable<T>,
  idOf: (item: T) => string,
  request: PageRequest,
  show: (item: T) => S,
): {
  Marker: string;
  MaxItems: number;
  IsTruncated: boolean;
  NextMarker?: string;
  Quantity: number;
  Items?: S[];
} {
  const { Marker: marker = '' } = request;
  const max = request.MaxItems === undefined ? 100 : Number(request.MaxItems);
  if (!Number.isInteger(max) || max < 0)
    throw invalidArgument(`MaxItems must be a number, got ${String(request.MaxItems)}.`);
  const all = [...items];
  const from = marker === '' ? 0 : all.findIndex((item) => idOf(item) === marker) + 1;
  if (marker !== '' && from === 0) throw invalidArgument(`The marker ${marker} is not from this list.`);
  const shown = all.slice(from, from + max);
  const last = shown.at(-1);
  const truncated = from + shown.length < all.length;
  return {
    Marker: marker,
    MaxItems: max,
    IsTruncated: truncated,
    ...(truncated && last !== undefined ? { NextMarker: idOf(last) } : {}),
    Quantity: shown.length,
    ...(shown.length > 0 ? { Items: shown.map(show) } : {}),
  };
}
