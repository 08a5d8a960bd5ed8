/**
 * `s3deploy.BucketDeployment`: fills a bucket from zipped assets and invalidates a distribution.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment.BucketDeployment.html
 */
import type { ListObjectsV2Output } from '@aws-sdk/client-s3';
import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import type { Invoke } from '../../../service.ts';
import { entryBytes, readZip } from '../../../zip-archive.ts';
import { readBody } from '../template-source.ts';
import { contentType } from './content-types.ts';
import type { NativeCustomResource, NativeRequest } from './native.ts';

interface Deployment {
  readonly sources: readonly { readonly bucket: string; readonly key: string; readonly markers: Markers }[];
  readonly bucket: string;
  /** '' or ending with a slash. */
  readonly prefix: string;
  readonly extract: boolean;
  readonly retain: boolean;
  readonly prune: boolean;
  readonly filters: readonly { matches(name: string): boolean; readonly take: boolean }[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly distribution?: { readonly id: string; readonly paths: readonly string[] };
}

interface Markers {
  readonly values: Readonly<Record<string, unknown>>;
  readonly escapeJson: boolean;
}

const honoured = new Set([
  ...['ServiceToken', 'ServiceTimeout', 'SourceBucketNames', 'SourceObjectKeys', 'SourceMarkers'],
  ...[
    'SourceMarkersConfig',
    'DestinationBucketName',
    'DestinationBucketKeyPrefix',
    'RetainOnDelete',
    'Extract',
  ],
  ...['Prune', 'Exclude', 'Include', 'UserMetadata', 'SystemMetadata', 'DistributionId', 'DistributionPaths'],
  ...['WaitForDistributionInvalidation', 'SignContent', 'OutputObjectKeys', 'DestinationBucketArn'],
]);

export const bucketDeployment: NativeCustomResource = {
  type: 'Custom::CDKBucketDeployment',
  mode: 'live',
  async createOrUpdate(request) {
    const { properties, previous, invoke, physicalId, newId } = request;
    const now = read(properties);
    const before = previous ? read(previous) : undefined;
    if (before && !now.retain && (before.bucket !== now.bucket || before.prefix !== now.prefix))
      await empty(invoke, before);
    await fill(request, now);
    if (now.distribution) await invalidate(request, now.distribution);
    return {
      physicalId: physicalId ?? `aws.cdk.s3deployment.${newId()}`,
      data: {
        DestinationBucketArn: properties.DestinationBucketArn,
        SourceObjectKeys: flag(properties.OutputObjectKeys, true) ? properties.SourceObjectKeys : [],
      },
    };
  },
  async delete(request) {
    const deployment = read(request.properties);
    // A bucket that another deployment owns, too, keeps its objects.
    if (!deployment.retain && !(await isOwned(request.invoke, deployment)))
      await empty(request.invoke, deployment);
    if (deployment.distribution) await invalidate(request, deployment.distribution);
  },
};

const flag = (value: unknown, otherwise: boolean): boolean =>
  value === undefined ? otherwise : String(value).toLowerCase() === 'true';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function read(p: Readonly<Record<string, unknown>>): Deployment {
  for (const name of Object.keys(p))
    if (!honoured.has(name))
      throw new Error(`Slipway does not support the property ${name} of a bucket deployment`);
  const keys = texts(p.SourceObjectKeys);
  const markers = Array.isArray(p.SourceMarkers) ? p.SourceMarkers : [];
  const configs = Array.isArray(p.SourceMarkersConfig) ? p.SourceMarkersConfig : [];
  const given = String(p.DestinationBucketKeyPrefix ?? '');
  const prefix = given === '/' || given === '' ? '' : given.endsWith('/') ? given : `${given}/`;
  const id = String(p.DistributionId ?? '');
  const everything = `/${`${given}/*`.replace(/^\/+/, '').replace(/\/\/\*$/, '/*')}`;
  return {
    sources: texts(p.SourceBucketNames).map((bucket, index) => ({
      bucket,
      key: keys[index] ?? '',
      markers: {
        values: record(markers[index]),
        escapeJson: flag(record(configs[index]).jsonEscape, false),
      },
    })),
    bucket: String(p.DestinationBucketName ?? ''),
    prefix,
    extract: flag(p.Extract, true),
    retain: flag(p.RetainOnDelete, true),
    prune: flag(p.Prune, true),
    filters: [
      ...texts(p.Exclude).map((glob) => ({ matches: globPattern(glob), take: false })),
      ...texts(p.Include).map((glob) => ({ matches: globPattern(glob), take: true })),
    ],
    metadata: { ...systemMetadata(record(p.SystemMetadata)), ...userMetadata(record(p.UserMetadata)) },
    ...(id
      ? { distribution: { id, paths: p.DistributionPaths ? texts(p.DistributionPaths) : [everything] } }
      : {}),
  };
}

/** The AWS CLI's options by the name the CDK gives them, as members of PutObject. */
const systemMembers: Readonly<Record<string, string>> = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'storage-class': 'StorageClass',
  'website-redirect': 'WebsiteRedirectLocation',
  sse: 'ServerSideEncryption',
  'sse-kms-key-id': 'SSEKMSKeyId',
  acl: 'ACL',
};

function systemMetadata(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const member = systemMembers[name.toLowerCase()];
    if (!member)
      throw new Error(`Slipway does not support the system metadata ${name} of a bucket deployment`);
    out[member] = String(value);
  }
  return out;
}

function userMetadata(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return entries.length === 0 ? {} : { Metadata: Object.fromEntries(entries) };
}

/** The AWS CLI's filters: `*` and `?` match slashes too, and the last filter that matches decides. */
function globPattern(glob: string): (name: string) => boolean {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/[*?]/g, (wild) => (wild === '*' ? '(?s:.*)' : '(?s:.)'));
  const pattern = compileJavaPattern(source.replaceAll('[!', '[^'));
  if (!pattern.ok) throw new Error(`the filter ${glob} of a bucket deployment ${pattern.reason}`);
  return (name) => pattern.matches(name) === 'yes';
}

function taken(name: string, deployment: Deployment): boolean {
  let take = true;
  for (const filter of deployment.filters) if (filter.matches(name)) take = filter.take;
  return take;
}

/** Bytes of one source's files: they are held in memory. */
const largestSource = 2 * 1024 ** 3;

async function fill({ invoke, progress }: NativeRequest, deployment: Deployment): Promise<void> {
  const files = new Map<string, Buffer>();
  for (const { bucket, key, markers } of deployment.sources) {
    const { Body } = await invoke('s3', 'GetObject', { Bucket: bucket, Key: key });
    const archive = await readBody(Body);
    if (!deployment.extract) {
      files.set(key.slice(key.lastIndexOf('/') + 1), archive);
      continue;
    }
    // Links come out as the CDK's own handler unpacks them: files that hold the target's name.
    for await (const entry of readZip(archive, largestSource))
      if (entry.kind !== 'folder') files.set(entry.path, replaceMarkers(await entryBytes(entry), markers));
  }
  const wanted = [...files].filter(([name]) => taken(name, deployment));
  const { bucket, prefix, metadata } = deployment;
  await inParallel(wanted, 16, async ([name, content]) => {
    await invoke('s3', 'PutObject', {
      Bucket: bucket,
      Key: `${prefix}${name}`,
      Body: content,
      ContentLength: content.length,
      ContentType: contentType(name),
      ...metadata,
    });
  });
  if (deployment.prune)
    await remove(invoke, bucket, prefix, (name) => !files.has(name) && taken(name, deployment));
  progress(`${wanted.length} files deployed`);
}

/** In every file of the source, with the text escaped as inside a JSON string when that is asked for. */
function replaceMarkers(content: Buffer, { values, escapeJson }: Markers): Buffer {
  const present = Object.entries(values).filter(([marker]) => content.includes(marker));
  if (present.length === 0) return content;
  // Latin-1 keeps the bytes of a file whose encoding is not known.
  let text = content.toString('latin1');
  for (const [marker, value] of present) {
    const written = JSON.stringify(value);
    const plain = typeof value === 'string' ? value : written;
    const shown = escapeJson && typeof value === 'string' ? written.slice(1, -1) : plain;
    text = text.replaceAll(Buffer.from(marker).toString('latin1'), () =>
      Buffer.from(shown).toString('latin1'),
    );
  }
  return Buffer.from(text, 'latin1');
}

const empty = (invoke: Invoke, { bucket, prefix }: Deployment) => remove(invoke, bucket, prefix, () => true);

async function remove(
  invoke: Invoke,
  bucket: string,
  prefix: string,
  unwanted: (name: string) => boolean,
): Promise<void> {
  let token: string | undefined;
  do {
    const page: ListObjectsV2Output = await invoke('s3', 'ListObjectsV2', {
      Bucket: bucket,
      ...(prefix ? { Prefix: prefix } : {}),
      ...(token ? { ContinuationToken: token } : {}),
    });
    const keys = (page.Contents ?? []).flatMap(({ Key }) =>
      Key !== undefined && unwanted(Key.slice(prefix.length)) ? [{ Key }] : [],
    );
    if (keys.length > 0)
      await invoke('s3', 'DeleteObjects', { Bucket: bucket, Delete: { Objects: keys, Quiet: true } });
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

async function isOwned(invoke: Invoke, { bucket, prefix }: Deployment): Promise<boolean> {
  const tag = prefix === '' ? 'aws-cdk:cr-owned' : `aws-cdk:cr-owned:${prefix.replace(/\/$/, '')}`;
  try {
    const { TagSet = [] } = await invoke('s3', 'GetBucketTagging', {
      Bucket: bucket,
    });
    return TagSet.some((one) => one.Key?.startsWith(tag));
  } catch {
    // As the CDK's own handler: without an answer nobody owns it.
    return false;
  }
}

async function invalidate(
  { invoke, newId }: NativeRequest,
  { id, paths }: { readonly id: string; readonly paths: readonly string[] },
): Promise<void> {
  // Invalidations take effect at once here, so there is nothing to wait for.
  await invoke('cloudfront', 'CreateInvalidation', {
    DistributionId: id,
    InvalidationBatch: { Paths: { Quantity: paths.length, Items: [...paths] }, CallerReference: newId() },
  });
}

async function inParallel<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(limit, queue.length) }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
