import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { type Algorithm, readAlgorithm } from '../checksums/checksums.ts';
import type { S3Context } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { lockChecks } from '../object-lock-access.ts';
import { readWriteOptions, writeOptionNames } from '../write-options.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload = (ctx: S3Context) =>
  operation('s3', 'CreateMultipartUpload', {
    accepts: [
      'Bucket',
      'Key',
      'ChecksumAlgorithm',
      'ChecksumType',
      'ExpectedBucketOwner',
      ...writeOptionNames,
    ],
    access: (input, call) => [
      objectCheck(ctx, input, call, 's3:PutObject'),
      ...(input.Tagging ? [objectCheck(ctx, input, call, 's3:PutObjectTagging')] : []),
      ...lockChecks(ctx, input, call),
    ],
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const named =
        input.ChecksumAlgorithm === undefined ? undefined : readAlgorithm(input.ChecksumAlgorithm);
      if (named === undefined && input.ChecksumType !== undefined)
        throw invalidRequest(
          'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
        );
      const algorithm = named ?? 'CRC64NVME';
      const upload = ctx.uploads.create(bucket, {
        ...readWriteOptions(ctx.env.clock, input, bucket),
        key: input.Key ?? '',
        algorithm,
        algorithmNamed: named !== undefined,
        checksumType: checksumType(algorithm, input.ChecksumType),
      });
      return {
        Bucket: bucket.name,
        Key: upload.key,
        UploadId: upload.id,
        ...upload.encryption,
        ...(named ? { ChecksumAlgorithm: named, ChecksumType: upload.checksumType } : {}),
      };
    },
  });

/** Only CRCs can be put together to one of the whole object; CRC64NVME always is. */
function checksumType(algorithm: Algorithm, wanted: string | undefined): 'FULL_OBJECT' | 'COMPOSITE' {
  const type = wanted ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const impossible =
    (type === 'COMPOSITE' && algorithm === 'CRC64NVME') ||
    (type === 'FULL_OBJECT' && (algorithm === 'SHA1' || algorithm === 'SHA256'));
  if (impossible || (type !== 'COMPOSITE' && type !== 'FULL_OBJECT'))
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  return type;
}
