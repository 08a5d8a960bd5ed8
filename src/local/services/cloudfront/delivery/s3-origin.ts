/**
 * Buckets as origins. With an origin access control the call is made by cloudfront.amazonaws.com on behalf of the
 * distribution, so that the bucket's policy decides; without one it is anonymous, as any viewer's would be.
 * The bucket's own CORS rules are not asked: preflights are refused by name, and cross-origin reads get their
 * headers from a response headers policy.
 */
import { Readable } from 'node:stream';
import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import { AwsError, type Invoke } from '../../../service.ts';
import { type OriginAnswer, OriginFailure, type OriginRequest } from './origin-answer.ts';
import { type Headers, header } from './viewer-request.ts';

/** `bucket.s3.us-east-1.amazonaws.com`, also without a region; not the website endpoints, which are custom origins. */
const bucketDomain = /^(.+)\.s3(?:[.-][a-z]{2}[a-z0-9-]*-\d)?\.amazonaws\.com$/;

export const bucketOf = (domainName: string): string | undefined => bucketDomain.exec(domainName)?.[1];

export async function askS3(invoke: Invoke, bucket: string, request: OriginRequest): Promise<OriginAnswer> {
  let key: string;
  try {
    key = decodeURIComponent(request.path.slice(1));
  } catch {
    return errorDocument(new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400));
  }
  try {
    return await call(invoke, bucket, key, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 304) return { status: 304, headers: {}, body: Buffer.alloc(0) };
    // Inside the cloud a denial has no protocol yet; S3's own says AccessDenied with 403.
    if (error.code === 'AccessDeniedException')
      return errorDocument(new AwsError('AccessDenied', error.message, 403));
    return errorDocument(error);
  }
}

async function call(
  invoke: Invoke,
  bucket: string,
  key: string,
  request: OriginRequest,
): Promise<OriginAnswer> {
  const { method, headers } = request;
  if (key === '') {
    // What the bucket's policy says of listing decides what a viewer sees of a root without a root object.
    await invoke('s3', 'ListObjects', { Bucket: bucket });
    throw new OriginFailure(
      501,
      `Slipway does not serve the listing of the bucket ${bucket}; give the distribution a default root object.`,
    );
  }
  switch (method) {
    case 'GET': {
      const output = await invoke('s3', 'GetObject', { Bucket: bucket, Key: key, ...readInput(request) });
      return { ...objectAnswer(output), body: readable(output.Body) };
    }
    case 'HEAD': {
      const output = await invoke('s3', 'HeadObject', { Bucket: bucket, Key: key, ...readInput(request) });
      return { ...objectAnswer(output), body: Buffer.alloc(0) };
    }
    case 'PUT': {
      const output = await invoke('s3', 'PutObject', {
        Bucket: bucket,
        Key: key,
        Body: request.body,
        ...(header(headers, 'content-type') ? { ContentType: header(headers, 'content-type') } : {}),
      });
      return { status: 200, headers: output.ETag ? { etag: output.ETag } : {}, body: Buffer.alloc(0) };
    }
    case 'DELETE':
      await invoke('s3', 'DeleteObject', { Bucket: bucket, Key: key });
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    default:
      throw new AwsError(
        'MethodNotAllowed',
        'The specified method is not allowed against this resource.',
        405,
        {
          Method: method,
          ResourceType: 'OBJECT',
        },
      );
  }
}

function readInput({ headers, query }: OriginRequest) {
  const params = new URLSearchParams(query);
  const date = (name: string) => {
    const value = new Date(header(headers, name) ?? '');
    return Number.isNaN(value.getTime()) ? undefined : value;
  };
  const parameter = (name: string) => params.get(name) ?? undefined;
  return {
    IfMatch: header(headers, 'if-match'),
    IfNoneMatch: header(headers, 'if-none-match'),
    Range: header(headers, 'range'),
    IfModifiedSince: date('if-modified-since'),
    IfUnmodifiedSince: date('if-unmodified-since'),
    ResponseCacheControl: parameter('response-cache-control'),
    ResponseContentDisposition: parameter('response-content-disposition'),
    ResponseContentEncoding: parameter('response-content-encoding'),
    ResponseContentLanguage: parameter('response-content-language'),
    ResponseContentType: parameter('response-content-type'),
    VersionId: parameter('versionId'),
  };
}

const objectAnswer = (output: HeadObjectOutput) => ({
  status: output.ContentRange === undefined ? 200 : 206,
  headers: objectHeaders(output),
});

function objectHeaders(o: HeadObjectOutput): Headers {
  const out: Headers = { server: 'AmazonS3', 'accept-ranges': 'bytes' };
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined) out[name] = String(value);
  };
  set('content-type', o.ContentType ?? 'binary/octet-stream');
  set('content-length', o.ContentLength);
  set('content-range', o.ContentRange);
  set('content-encoding', o.ContentEncoding);
  set('content-language', o.ContentLanguage);
  set('content-disposition', o.ContentDisposition);
  set('cache-control', o.CacheControl);
  set('expires', o.ExpiresString);
  set('etag', o.ETag);
  set('last-modified', o.LastModified?.toUTCString());
  set('x-amz-version-id', o.VersionId);
  set('x-amz-server-side-encryption', o.ServerSideEncryption);
  for (const [name, value] of Object.entries(o.Metadata ?? {})) set(`x-amz-meta-${name}`, value);
  return out;
}

function readable(body: unknown): Buffer | Readable {
  if (body === undefined) return Buffer.alloc(0);
  if (body instanceof Readable) return body;
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  throw new Error('the S3 service answered a body that is neither bytes nor a stream');
}

/** As S3's wire shows an error: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function errorDocument(error: AwsError): OriginAnswer {
  const text = (value: unknown) =>
    String(value).replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c);
  const members = Object.entries(error.members ?? {}).map(
    ([name, value]) => `<${name}>${text(value)}</${name}>`,
  );
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${text(error.message)}</Message>${members.join('')}</Error>`,
  );
  return {
    status: error.status,
    headers: { server: 'AmazonS3', 'content-type': 'application/xml', 'content-length': String(body.length) },
    body,
  };
}
