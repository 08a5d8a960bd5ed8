/**
 * Keys of the store: where an item lies. Partitions are ordered by a hash of their key, as on AWS, where the order
 * of partitions in a scan means nothing; within one, text whose byte order is that of the sort key.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html
 */
import { hash } from 'node:crypto';
import { unsupported } from '../../../service.ts';
import { orderedNumber } from './number.ts';
import type { Value } from './types.ts';

/** 32 hex digits. Fixed in length, so that keys of up to 2,048 bytes fit the store's. */
export const partitionOf = (value: Value): string => hash('md5', tagged(value), 'hex');

/** Tells apart the items that share an index key. */
export const identityOf = (partition: Value, sort: Value | undefined): string =>
  hash(
    'md5',
    sort ? `${tagged(partition).length}${tagged(partition)}${tagged(sort)}` : tagged(partition),
    'hex',
  );

function tagged(value: Value): string {
  if ('S' in value) return `S${value.S}`;
  if ('N' in value) return `N${value.N}`;
  if ('B' in value) return `B${Buffer.from(value.B).toString('base64')}`;
  throw new Error('a key of a type that is none');
}

export function sortOf(value: Value): string {
  const text = 'S' in value ? escaped(value.S) : 'N' in value ? orderedNumber(value.N) : orderedBytes(value);
  // 1,024 bytes of text always fit; only text that is mostly control characters grows beyond the store's limit.
  if (text.length > 512 && Buffer.byteLength(text) > 1700)
    throw unsupported('sort keys of many control characters (1,700 bytes when escaped)');
  return text;
}

/** What every sort key that begins with this text or these bytes begins with. */
export const sortPrefix = (value: Value): string => {
  if ('S' in value) return escaped(value.S);
  // The last sextet may hold bits of the byte after the prefix.
  if ('B' in value) return orderedBytes(value).slice(0, Math.floor((value.B.length * 8) / 6));
  throw new Error('a prefix of a type that has none');
};

/** The store's own escapes begin below 5; moved above them, in the same order. */
const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  /[\u0000-\u0005]/.test(text)
    ? // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
      text.replace(/[\u0000-\u0005]/g, (c) => `\u0005${String.fromCharCode(c.charCodeAt(0) + 6)}`)
    : text;

/** Base 64 with an alphabet in ASCII's order and no padding. */
const alphabet = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

function orderedBytes(value: Value): string {
  if (!('B' in value)) throw new Error('a sort key of a type that is none');
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of value.B) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += alphabet[(held >> bits) & 63];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(held << (6 - bits)) & 63] : text;
}
