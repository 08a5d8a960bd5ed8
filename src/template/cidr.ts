/**
 * Splits a CIDR block into equal smaller ones (Fn::Cidr), for IPv4 and IPv6.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
import { isIPv4, isIPv6 } from 'node:net';

type CidrSplit =
  | { readonly ok: true; readonly blocks: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** `cidrBits` is the number of host bits of each block: 8 makes /24 (IPv4) or /120 (IPv6). */
export function splitCidr(block: string, count: number, cidrBits: number): CidrSplit {
  const [address = '', prefixText = '', ...rest] = block.split('/');
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : 0;
  const width = version === 4 ? 32 : 128;
  const prefix = /^\d+$/.test(prefixText) ? Number(prefixText) : -1;
  if (version === 0 || rest.length > 0 || prefix < 0 || prefix > width) {
    return { ok: false, message: `Fn::Cidr needs a CIDR block such as 10.0.0.0/16, got "${block}"` };
  }
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    return { ok: false, message: `Fn::Cidr makes 1 to 256 blocks, got the count ${count}` };
  }
  if (!Number.isInteger(cidrBits) || cidrBits < 1 || cidrBits > width - prefix) {
    return {
      ok: false,
      message: `Fn::Cidr cannot make blocks of ${cidrBits} bits out of ${block}, which has ${width - prefix}`,
    };
  }
  const size = 1n << BigInt(cidrBits);
  const room = 1n << BigInt(width - prefix - cidrBits);
  if (BigInt(count) > room) {
    return {
      ok: false,
      message: `Fn::Cidr cannot make ${count} blocks of ${cidrBits} bits: ${block} holds ${room}`,
    };
  }
  const number = version === 4 ? parseIPv4(address) : parseIPv6(address);
  const first = (number >> BigInt(width - prefix)) << BigInt(width - prefix);
  const format = version === 4 ? formatIPv4 : formatIPv6;
  const blocks = Array.from(
    { length: count },
    (_, index) => `${format(first + size * BigInt(index))}/${width - cidrBits}`,
  );
  return { ok: true, blocks };
}

function parseIPv4(address: string): bigint {
  return address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
}

function formatIPv4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
}

function parseIPv6(address: string): bigint {
  // An embedded IPv4 tail (::ffff:1.2.3.4) is two groups.
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const v4 = parseIPv4(tail?.[2] ?? '0.0.0.0');
  const text =
    tail === null ? address : `${tail[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const [head = '', rear] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = rear === undefined || rear === '' ? [] : rear.split(':');
  const zeros = new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** RFC 5952: the longest run of two or more zero groups becomes `::`. */
function formatIPv6(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  let best = { start: 0, length: 0 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  const head = groups.slice(0, best.start).join(':');
  return `${head}::${groups.slice(best.start + best.length).join(':')}`;
}
