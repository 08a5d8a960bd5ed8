/** One page of a table or an index: in key order, up to 1 MB of what was read, or `limit` items. */
import type { KeyPart } from '../../../store/keys.ts';
import { keyOfItem, type SortRange } from '../expressions/key-condition.ts';
import { itemSize } from '../values/check.ts';
import { partitionOf, sortOf, sortPrefix } from '../values/key-encoding.ts';
import type { Item, Value } from '../values/types.ts';
import { keyNames } from './keys.ts';
import type { IndexRecord } from './records.ts';
import type { Table } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const pageBytes = 1024 * 1024;
/** Sorts after everything that begins with what stands before it. */
const beyond = '\u{10ffff}\u{10ffff}';

export interface PageRequest {
  readonly table: Table;
  readonly index?: IndexRecord | undefined;
  readonly partition?: Value;
  readonly range?: SortRange | undefined;
  readonly reverse?: boolean;
  readonly start?: Item | undefined;
  readonly limit?: number | undefined;
  readonly segment?: Segment | undefined;
}

export interface Segment {
  readonly number: number;
  readonly of: number;
}

interface Page {
  readonly items: readonly Item[];
  readonly bytes: number;
  readonly last?: Item;
}

export const keyAttributes = ({ table, index }: Pick<PageRequest, 'table' | 'index'>): Set<string> =>
  new Set([...keyNames(table.record.keys), ...(index ? keyNames(index.keys) : [])]);

/** First partition of a segment, as 8 hex digits of its hash. */
const segmentStart = (number: number, of: number): string =>
  Math.ceil((number * 2 ** 32) / of)
    .toString(16)
    .padStart(8, '0');

export const inSegment = (partition: string, { number, of }: Segment): boolean =>
  Math.floor((Number.parseInt(partition.slice(0, 8), 16) * of) / 2 ** 32) === number;

export function readPage(request: PageRequest): Page {
  const { table, index, range, limit = Number.POSITIVE_INFINITY, segment } = request;
  const { slot } = index ?? table.record;
  const keys = index?.keys ?? table.record.keys;
  const partition = request.partition && partitionOf(request.partition);
  const prefix: KeyPart[] = partition === undefined ? [slot] : [slot, partition];
  const items: Item[] = [];
  let bytes = 0;
  for (const [place, item] of table.items.entries({
    prefix,
    reverse: request.reverse ?? false,
    ...begin(request, prefix.length),
  })) {
    if (segment && !inSegment(String(place[1]), segment)) break;
    if (range && keys.range !== undefined) {
      const at = range.locate(item[keys.range] as Value);
      if (at !== 0) {
        // Still on the way to the range, or past it.
        if (at < 0 === !request.reverse) continue;
        break;
      }
    }
    items.push(item);
    bytes += itemSize(item);
    if (items.length >= limit || bytes >= pageBytes)
      return { items, bytes, last: keyOfItem(item, keyAttributes(request)) };
  }
  return { items, bytes };
}

/** Where to begin, relative to the prefix. */
function begin(request: PageRequest, skip: number): { from?: KeyPart[]; after?: KeyPart[] } {
  const { table, index, start, range, segment } = request;
  if (start) {
    const place = index ? table.indexPlace(index, start) : table.place(start);
    return place ? { after: place.slice(skip) } : {};
  }
  if (segment) return { from: [segmentStart(segment.number, segment.of)] };
  if (!range) return {};
  const { low, high, prefix } = range;
  if (request.reverse) {
    if (prefix) return { from: [`${sortPrefix(prefix)}${beyond}`] };
    return high ? { from: [sortOf(high), beyond] } : {};
  }
  if (prefix) return { from: [sortPrefix(prefix)] };
  return low ? { from: [sortOf(low)] } : {};
}
