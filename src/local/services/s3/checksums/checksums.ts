/**
 * Checksums of objects: verified when given, kept, and answered on request. CRC32, CRC32C, CRC64NVME, SHA1 and
 * SHA256; the newer ones of the model (SHA512, MD5, XXHASH…) are refused by name.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
import { createHash } from 'node:crypto';
import { AwsError, unsupported } from '../../../service.ts';
import { invalidRequest } from '../errors.ts';
import { crcs, crcText } from './crc.ts';

const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type Algorithm = (typeof algorithms)[number];

export interface Checksum {
  readonly algorithm: Algorithm;
  /** Base64; of a composite checksum followed by `-<parts>`. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

const member = {
  CRC32: 'ChecksumCRC32',
  CRC32C: 'ChecksumCRC32C',
  CRC64NVME: 'ChecksumCRC64NVME',
  SHA1: 'ChecksumSHA1',
  SHA256: 'ChecksumSHA256',
} as const;

type ChecksumMember = (typeof member)[Algorithm];
export const checksumMembers = Object.values(member);
export type ChecksumMembers = { readonly [M in ChecksumMember]?: string };

/** `{ChecksumCRC32: '…'}` */
export const asMember = (checksum: Pick<Checksum, 'algorithm' | 'value'> | undefined): ChecksumMembers =>
  checksum ? { [member[checksum.algorithm]]: checksum.value } : {};

/** Of the model, and not computed here. */
const newer: ReadonlySet<string> = new Set(['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128']);

const isAlgorithm = (name: string): name is Algorithm => (algorithms as readonly string[]).includes(name);

export function readAlgorithm(name: string): Algorithm {
  const upper = name.toUpperCase();
  if (isAlgorithm(upper)) return upper;
  if (!newer.has(upper))
    throw invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  throw unsupported(`the checksum algorithm ${name}`);
}

interface Running {
  readonly algorithm: Algorithm;
  update(bytes: Uint8Array): void;
  /** Base64. */
  value(): string;
}

export function running(algorithm: Algorithm): Running {
  if (algorithm === 'SHA1' || algorithm === 'SHA256') {
    const hash = createHash(algorithm.toLowerCase());
    return { algorithm, update: (bytes) => void hash.update(bytes), value: () => hash.digest('base64') };
  }
  const crc = crcs[algorithm];
  let sum = 0n;
  return {
    algorithm,
    update(bytes) {
      sum = crc.update(sum, bytes);
    },
    value: () => crcText(crc, sum),
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The checksum members of a request that were given, whichever way. */
export function statedChecksum(input: ChecksumMembers): { algorithm: Algorithm; value: string } | undefined {
  const given = algorithms.filter((algorithm) => input[member[algorithm]] !== undefined);
  if (given.length > 1)
    throw invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  const [algorithm] = given;
  return algorithm ? { algorithm, value: input[member[algorithm]] ?? '' } : undefined;
}

/**
 * Which checksum a body will be held to: one that stands in a header, or one that its trailer announces.
 * Undefined when the client gives none.
 */
export function announcedAlgorithm(
  input: ChecksumMembers & { readonly ChecksumAlgorithm?: string },
  headers: Headers | undefined,
): Algorithm | undefined {
  const stated = statedChecksum(input);
  const trailer = String(headers?.['x-amz-trailer'] ?? '');
  const announced = /^x-amz-checksum-(\w+)$/i.exec(trailer.trim())?.[1];
  const algorithm = stated?.algorithm ?? (announced ? readAlgorithm(announced) : undefined);
  if (input.ChecksumAlgorithm !== undefined) {
    const named = readAlgorithm(input.ChecksumAlgorithm);
    // A call made inside the cloud names the algorithm and leaves the sum to S3.
    if (algorithm !== undefined && algorithm !== named)
      throw invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.');
    return named;
  }
  return algorithm;
}

/** Holds the sum to what was stated in the input or, by now, in the trailer. */
export function verifyChecksum(
  input: ChecksumMembers,
  headers: Headers | undefined,
  algorithm: Algorithm,
  value: string,
): void {
  const trailer = headers?.[`x-amz-checksum-${algorithm.toLowerCase()}`];
  const stated = input[member[algorithm]] ?? (typeof trailer === 'string' ? trailer : undefined);
  if (stated === undefined || stated === value) return;
  const length = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }[algorithm];
  if (Buffer.from(stated, 'base64').length !== length)
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}
