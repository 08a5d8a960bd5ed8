/** Blocks of IPv4 addresses such as `10.0.0.0/16`. */
import { isIPv4 } from 'node:net';

export interface Ipv4Block {
  /** The first address as a number. */
  readonly first: number;
  readonly last: number;
  /** `16` of `10.0.0.0/16`. */
  readonly prefix: number;
}

/** Undefined when it is no block. An address inside the block stands for its first one, as AWS takes it. */
export function parseIpv4Block(text: string): Ipv4Block | undefined {
  const [, address = '', digits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const prefix = Number(digits);
  if (!isIPv4(address) || prefix > 32) return undefined;
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1, prefix };
}

export const isInside = (inner: Ipv4Block, outer: Ipv4Block): boolean =>
  inner.first >= outer.first && inner.last <= outer.last;

export const overlap = (a: Ipv4Block, b: Ipv4Block): boolean => a.first <= b.last && b.first <= a.last;
