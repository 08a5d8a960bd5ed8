import type { CopyObjectCommandInput } from '@aws-sdk/client-s3';
import type { Clock } from '../../../../core/clock.ts';
import { type Call, operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { checksumAnswer } from '../answers.ts';
import type { BucketRecord } from '../buckets.ts';
import { readAlgorithm } from '../checksums/checksums.ts';
import { writeConditions } from '../conditions.ts';
import { quoted, type S3Context, shownVersion } from '../context.ts';
import { copyNames, openSource, readSource, sourceCheck } from '../copy-source.ts';
import { invalidArgument, invalidRequest } from '../errors.ts';
import { lockChecks } from '../object-lock-access.ts';
import type { StoredObject } from '../objects.ts';
import { receive } from '../receive.ts';
import { type Described, etagIsMd5, readWriteOptions, writeOptionNames } from '../write-options.ts';

const largest = 5 * 1024 ** 3;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject = (ctx: S3Context) =>
  operation('s3', 'CopyObject', {
    accepts: [
      'Bucket',
      'Key',
      'ChecksumAlgorithm',
      'MetadataDirective',
      'TaggingDirective',
      'IfMatch',
      'IfNoneMatch',
      'ExpectedBucketOwner',
      ...copyNames,
      ...writeOptionNames,
    ],
    access(input, call) {
      const checks = [
        ...sourceCheck(ctx, input, call),
        objectCheck(ctx, input, call, 's3:PutObject'),
        ...lockChecks(ctx, input, call),
      ];
      if (input.TaggingDirective === 'REPLACE')
        return input.Tagging ? [...checks, objectCheck(ctx, input, call, 's3:PutObjectTagging')] : checks;
      const source = readSource(input);
      const bucket = ctx.buckets.get(source.Bucket);
      const version =
        source.VersionId === undefined
          ? ctx.objects.current(bucket, source.Key)
          : ctx.objects.version(bucket, source.Key, source.VersionId);
      if (!version || version.deleteMarker || !version.tags?.length) return checks;
      const get = source.VersionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
      return [
        ...checks,
        objectCheck(ctx, source, call, get),
        objectCheck(ctx, input, call, 's3:PutObjectTagging'),
      ];
    },
    async handle(input, call) {
      const key = input.Key ?? '';
      const target = ctx.buckets.get(input.Bucket);
      const { bucket: from, source, version: original } = openSource(ctx, input, call);
      if (original.size > largest)
        throw invalidRequest(
          `The specified copy source is larger than the maximum allowable size for a copy source: ${largest}`,
        );
      const toItself = from.id === target.id && source.Key === key && source.VersionId === undefined;
      if (toItself && !changesSomething(input))
        throw invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        );
      const described = describe(ctx.env.clock, input, target, original);
      writeConditions(input, key, () => ctx.objects.current(target, key));
      const copy = await write(ctx, input, call, described, original);
      ctx.notifications.emit(target, 'ObjectCreated:Copy', key, copy, call);
      return {
        CopyObjectResult: {
          ETag: quoted(copy),
          LastModified: new Date(copy.modified),
          ...checksumAnswer(copy),
        },
        ...copy.encryption,
        ...(copy.versionId === 'null' ? {} : shownVersion(target, copy)),
        ...(original.versionId === 'null' ? {} : { CopySourceVersionId: original.versionId }),
      };
    },
  });

const changesSomething = (input: CopyObjectCommandInput) =>
  input.MetadataDirective === 'REPLACE' ||
  input.StorageClass !== undefined ||
  input.ServerSideEncryption !== undefined ||
  input.SSECustomerAlgorithm !== undefined;

function describe(
  clock: Clock,
  input: CopyObjectCommandInput,
  bucket: BucketRecord,
  original: StoredObject,
): Described {
  const directive = (name: 'MetadataDirective' | 'TaggingDirective') => {
    const value = input[name] ?? 'COPY';
    if (value !== 'COPY' && value !== 'REPLACE') throw invalidArgument(`Unknown ${name}.`, name, value);
    return value;
  };
  const metadata = directive('MetadataDirective');
  const tagging = directive('TaggingDirective');
  const given = readWriteOptions(
    clock,
    tagging === 'COPY' ? { ...input, Tagging: undefined } : input,
    bucket,
  );
  const { headers, metadata: own } = metadata === 'REPLACE' ? given : original;
  const tags = tagging === 'REPLACE' ? given.tags : original.tags;
  return {
    headers,
    ...(own ? { metadata: own } : {}),
    ...(tags ? { tags } : {}),
    ...(given.storageClass ? { storageClass: given.storageClass } : {}),
    encryption: given.encryption,
    // A lock stays with its source.
    ...(given.lock ? { lock: given.lock } : {}),
  };
}

/** The same bytes by link when their ETag and checksum stay; read again when these have to be computed. */
async function write(
  ctx: S3Context,
  input: CopyObjectCommandInput,
  call: Call,
  described: Described,
  original: StoredObject,
): Promise<StoredObject> {
  const key = input.Key ?? '';
  const wanted = input.ChecksumAlgorithm === undefined ? undefined : readAlgorithm(input.ChecksumAlgorithm);
  const place = () => {
    const bucket = ctx.buckets.get(input.Bucket);
    writeConditions(input, key, () => ctx.objects.current(bucket, key));
    return bucket;
  };
  const { checksum, size } = original;
  const plain = etagIsMd5(described.encryption);
  const etagOf = (md5: string) => (plain ? md5 : ctx.env.randomId(32));
  const sameEtag = !plain || etagIsMd5(original.encryption);
  if (!original.parts && sameEtag && checksum && (wanted === undefined || wanted === checksum.algorithm))
    return ctx.objects.put(place(), key, () => ({
      ...described,
      pieces: ctx.bodies.copy(original.pieces),
      size,
      etag: etagOf(original.etag),
      checksum,
    }));
  const received = await receive(
    ctx,
    { Body: ctx.bodies.read(original.pieces, 0, size), ChecksumAlgorithm: wanted },
    { ...call, http: undefined },
    checksum?.algorithm,
  );
  try {
    return ctx.objects.put(place(), key, () => ({
      ...described,
      pieces: received.staged.commit(),
      size,
      etag: etagOf(received.etag),
      checksum: { algorithm: received.algorithm, value: received.checksum, type: 'FULL_OBJECT' },
    }));
  } catch (error) {
    received.staged.discard();
    throw error;
  }
}
