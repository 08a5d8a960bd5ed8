/** Conditional and range requests answered from a whole response: 304, 206 and 416. */
import { type Headers, header } from './viewer-request.ts';

const opaque = (etag: string) => etag.trim().replace(/^W\//, '');

/** If-None-Match counts before If-Modified-Since: RFC 9110, 13.2.2. */
export function isNotModified(request: Headers, response: Headers): boolean {
  const wanted = header(request, 'if-none-match');
  const etag = header(response, 'etag');
  if (wanted !== undefined)
    return (
      etag !== undefined &&
      wanted.split(',').some((one) => one.trim() === '*' || opaque(one) === opaque(etag))
    );
  const since = Date.parse(header(request, 'if-modified-since') ?? '');
  const modified = Date.parse(header(response, 'last-modified') ?? '');
  return !Number.isNaN(since) && !Number.isNaN(modified) && modified <= since;
}

interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One range; several at once get the whole object, as RFC 9110 allows. */
export function byteRange(
  request: Headers,
  response: Headers,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header(request, 'range') ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const guard = header(request, 'if-range');
  if (
    guard !== undefined &&
    guard !== header(response, 'etag') &&
    guard !== header(response, 'last-modified')
  )
    return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last || first >= size) return 'unsatisfiable';
  return { first, last };
}
