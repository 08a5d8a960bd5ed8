/** Marker and MaxItems of Lambda's lists. */
import { invalidParameter } from './errors.ts';

export function page<T>(
  items: readonly T[],
  marker: string | undefined,
  maxItems: number | undefined,
): { items: T[]; NextMarker?: string } {
  const start = marker === undefined || marker === '' ? 0 : Number(Buffer.from(marker, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('The Marker is not valid.');
  const end = start + Math.min(maxItems ?? 50, 50);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { NextMarker: Buffer.from(String(end)).toString('base64') } : {}),
  };
}
