/**
 * Signature Version 2 of S3, in a URL or in a form: some clients still use it, among them boto3 for the presigned URLs
 * of us-east-1 unless told otherwise. In a header it is refused by name. Every x-amz-* header is part of what it signs.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type HttpHead, headerOf } from '../wire/rest.ts';
import { queryHeaders } from './query-headers.ts';

export interface SignatureV2 {
  readonly accessKeyId: string;
  /** In base64. */
  readonly signature: string;
  /** Seconds since the epoch, as stated. */
  readonly expires: string;
}

export function findV2(query: URLSearchParams): SignatureV2 | undefined {
  const accessKeyId = query.get('AWSAccessKeyId');
  const signature = query.get('Signature');
  return accessKeyId && signature
    ? { accessKeyId, signature, expires: query.get('Expires') ?? '' }
    : undefined;
}

/** Query parameters that are part of what is signed. */
const signedParameters: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'delete',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'partNumber',
  'policy',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'select',
  'select-type',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** @param bucket that the host names */
export function stringToSignV2(head: HttpHead, { expires }: SignatureV2, bucket: string | undefined): string {
  const inQuery = queryHeaders(head.query);
  const headerValue = (name: string) => headerOf(head, name) ?? inQuery.get(name) ?? '';
  const amz = new Map([...inQuery].filter(([name]) => name.startsWith('x-amz-')));
  for (const name of Object.keys(head.headers))
    if (name.startsWith('x-amz-')) amz.set(name, headerOf(head, name) ?? '');
  const names = [...amz.keys()].sort();
  const parameters = [...head.query]
    .filter(([name]) => signedParameters.has(name))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const path = `${bucket === undefined ? '' : `/${bucket}`}${head.path}`;
  return [
    head.method,
    headerValue('content-md5'),
    headerValue('content-type'),
    expires,
    ...names.map((name) => `${name}:${amz.get(name)?.trim()}`),
    // A bucket alone is signed with a slash, however it is sent.
    `${/^\/[^/]+$/.test(path) ? `${path}/` : path}${parameters.length > 0 ? `?${parameters.join('&')}` : ''}`,
  ].join('\n');
}

export function signatureV2Matches(signature: string, text: string, secret: string): boolean {
  const expected = createHmac('sha1', secret).update(text).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
