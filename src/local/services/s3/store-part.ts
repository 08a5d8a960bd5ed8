/** Keeps what was received as a part of its upload, for UploadPart and UploadPartCopy. */
import type { S3Context } from './context.ts';
import { invalidArgument, invalidRequest } from './errors.ts';
import type { Received } from './receive.ts';
import type { Part } from './uploads.ts';
import { etagIsMd5 } from './write-options.ts';

interface PartInput {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly UploadId: string | undefined;
  readonly PartNumber: number | undefined;
}

export function checkPartNumber(number: number | undefined): void {
  if (number === undefined || !Number.isInteger(number) || number < 1 || number > 10_000)
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      String(number),
    );
}

export function storePart(ctx: S3Context, input: PartInput, received: Received): Part {
  const { staged } = received;
  try {
    // The upload may have ended while the body came in.
    const bucket = ctx.buckets.get(input.Bucket);
    const upload = ctx.uploads.get(bucket, input.Key, input.UploadId);
    if (upload.algorithmNamed && received.algorithm !== upload.algorithm)
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${received.algorithm.toLowerCase()}`,
      );
    return ctx.uploads.putPart(bucket, upload, () => ({
      number: input.PartNumber ?? 0,
      size: staged.size,
      etag: etagIsMd5(upload.encryption) ? received.etag : ctx.env.randomId(32),
      modified: Math.floor(ctx.env.clock.now() / 1000) * 1000,
      pieces: staged.commit(),
      checksum: received.further,
    }));
  } catch (error) {
    staged.discard();
    throw error;
  }
}
