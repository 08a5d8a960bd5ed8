/** Walks the keys of a bucket in order, folding those under a delimiter into common prefixes. */
import type { BucketRecord } from './buckets.ts';
import type { S3Context } from './context.ts';
import { invalidArgument } from './errors.ts';
import type { Version } from './objects.ts';

type Listed =
  | { readonly kind: 'key'; readonly key: string; readonly version: Version }
  | { readonly kind: 'prefix'; readonly prefix: string };

interface Walk {
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys and common prefixes up to and including this one are passed over. */
  readonly after: string | undefined;
  /** Whether keys whose current version is a delete marker are listed. */
  readonly markers?: boolean;
}

/** Sorts after every key that begins with the prefix. */
const pastPrefix = (prefix: string) => `${prefix}\u{10FFFF}`;

export function* walk(ctx: S3Context, bucket: BucketRecord, options: Walk): Generator<Listed> {
  const { prefix, delimiter, after, markers = false } = options;
  let from: { after: string } | { from: string } =
    after !== undefined && compareKeys(after, prefix) >= 0 ? { after } : { from: prefix };
  if (delimiter && after?.startsWith(prefix) && after.endsWith(delimiter))
    from = { after: pastPrefix(after) };
  for (;;) {
    let skipTo: string | undefined;
    const range = 'after' in from ? { after: [from.after] } : { from: [from.from] };
    for (const [key, version] of ctx.objects.entries(bucket, range)) {
      if (!key.startsWith(prefix)) return;
      if (version.deleteMarker && !markers) continue;
      const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      if (cut < 0) {
        yield { kind: 'key', key, version };
        continue;
      }
      const common = key.slice(0, cut + delimiter.length);
      // A marker inside the folded group does not bring the group back.
      if (after === undefined || compareKeys(common, after) > 0) yield { kind: 'prefix', prefix: common };
      skipTo = pastPrefix(common);
      break;
    }
    if (skipTo === undefined) return;
    from = { after: skipTo };
  }
}

/** As UTF-8 bytes, which is the order of keys. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const largestInteger = 2_147_483_647;

const notInteger = (name: string, value: string) =>
  invalidArgument(`Provided ${name} not an integer or within integer range`, name, value);

export function readMaxKeys(value: number | undefined, name = 'max-keys'): number {
  if (value === undefined) return 1000;
  if (!Number.isInteger(value) || value > largestInteger) throw notInteger(name, String(value));
  // AWS has this one name in two spellings.
  const shown = name === 'max-keys' ? 'maxKeys' : name;
  if (value < 0)
    throw invalidArgument(
      `Argument ${shown} must be an integer between 0 and ${largestInteger}`,
      shown,
      String(value),
    );
  return Math.min(value, 1000);
}

/** The number of the part after which a page begins. */
export function readPartMarker(value: string | undefined): number {
  const number = Number(value ?? 0);
  if (!Number.isInteger(number) || number < 0 || number > largestInteger)
    throw notInteger('part-number-marker', value ?? '');
  return number;
}

/** The `encoding-type` parameter: keys as they are, or percent-encoded. */
export function encoder(type: string | undefined): (text: string) => string {
  if (type === undefined) return (text) => text;
  if (type !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type);
  return (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%20/g, '+');
}

/** IAM's condition keys of a listing. */
export function listKeys(input: {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}): Record<string, string> {
  return {
    // An absent prefix is an empty one: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    's3:prefix': input.Prefix ?? '',
    ...(input.Delimiter === undefined ? {} : { 's3:delimiter': input.Delimiter }),
    ...(input.MaxKeys === undefined ? {} : { 's3:max-keys': String(input.MaxKeys) }),
  };
}
