/**
 * Takes a body in: stages it, and holds it to its Content-MD5, its checksum (in a header or a trailer) and its
 * stated length. What does not hold leaves nothing behind.
 */
import { createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { isDiskFull } from '../../../core/errors.ts';
import { AwsError, type Call } from '../../service.ts';
import type { Staged } from '../../store/bodies.ts';
import {
  type Algorithm,
  announcedAlgorithm,
  type ChecksumMembers,
  running,
  verifyChecksum,
} from './checksums/checksums.ts';
import type { S3Context } from './context.ts';

interface BodyInput extends ChecksumMembers {
  readonly Body?: unknown;
  readonly ContentMD5?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
}

type Headers = NonNullable<Call['http']>['headers'] | undefined;

export interface Received {
  readonly staged: Staged;
  /** MD5 in hex. */
  readonly etag: string;
  readonly algorithm: Algorithm;
  readonly checksum: string;
  /** Of the algorithm asked for as well. */
  readonly further: string;
}

/** S3's limit for one PUT. https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const largest = 5 * 1024 ** 3;

/**
 * @param fallback what is computed when the client names none; S3's own choice is CRC64NVME
 * @param also a second algorithm to compute
 */
export function receive(
  ctx: S3Context,
  input: BodyInput,
  call: Call,
  fallback: Algorithm = 'CRC64NVME',
  also?: Algorithm,
): Received | Promise<Received> {
  const headers = call.http?.headers;
  const sum = running(announcedAlgorithm(input, headers) ?? fallback);
  const second = also === undefined || also === sum.algorithm ? undefined : running(also);
  const add = (bytes: Uint8Array) => {
    sum.update(bytes);
    second?.update(bytes);
  };
  const finish = (staged: Staged, etag: string): Received => {
    try {
      checkMd5(input.ContentMD5, etag);
      const checksum = sum.value();
      verifyChecksum(input, headers, sum.algorithm, checksum);
      const length = headers?.['x-amz-decoded-content-length'];
      if (length !== undefined && Number(length) !== staged.size)
        throw new AwsError(
          'IncompleteBody',
          'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header',
        );
      return {
        staged,
        etag,
        algorithm: sum.algorithm,
        checksum,
        further: second?.value() ?? checksum,
      };
    } catch (error) {
      staged.discard();
      throw error;
    }
  };
  const { Body: body } = input;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = body instanceof Uint8Array ? body : Buffer.from(body ?? '');
    add(bytes);
    return finish(ctx.bodies.stage(bytes), hash('md5', bytes, 'hex'));
  }
  if (!(body instanceof Readable)) throw new TypeError('a body is bytes, text or a Node.js stream');
  let size = 0;
  const md5 = createHash('md5');
  return ctx.bodies
    .stageStream(body, (bytes) => {
      size += bytes.byteLength;
      if (size > largest)
        throw new AwsError(
          'EntityTooLarge',
          'Your proposed upload exceeds the maximum allowed object size.',
          400,
          { MaxSizeAllowed: largest },
        );
      md5.update(bytes);
      add(bytes);
    })
    .catch((error: unknown) => {
      if (error instanceof AwsError || call.http === undefined || isDiskFull(error)) throw error;
      // The connection broke: nobody reads this answer, but it is no fault of ours.
      throw new AwsError('RequestTimeout', 'The request body ended before it was whole.', 400);
    })
    .then((staged) => finish(staged, md5.digest('hex')));
}

/** Whether the client said what the bytes have to be. */
export const statesSum = (input: BodyInput, headers: Headers): boolean =>
  input.ContentMD5 !== undefined || announcedAlgorithm(input, headers) !== undefined;

function checkMd5(stated: string | undefined, etag: string): void {
  if (stated === undefined) return;
  const digest = Buffer.from(etag, 'hex');
  const given = Buffer.from(stated, 'base64');
  if (given.length !== 16)
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {
      'Content-MD5': stated,
    });
  if (!given.equals(digest))
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
      ExpectedDigest: stated,
      CalculatedDigest: digest.toString('base64'),
    });
}
