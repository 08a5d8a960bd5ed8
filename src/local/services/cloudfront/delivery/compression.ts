/**
 * Compression at the edge. Brotli before gzip, in the types and sizes AWS states.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Headers, header } from './viewer-request.ts';

const types = new Set([
  'application/dash+xml',
  'application/eot',
  'application/font',
  'application/font-sfnt',
  'application/javascript',
  'application/json',
  'application/opentype',
  'application/otf',
  'application/pdf',
  'application/pkcs7-mime',
  'application/protobuf',
  'application/rss+xml',
  'application/truetype',
  'application/ttf',
  'application/vnd.apple.mpegurl',
  'application/vnd.mapbox-vector-tile',
  'application/vnd.ms-fontobject',
  'application/wasm',
  'application/xhtml+xml',
  'application/xml',
  'application/x-font-opentype',
  'application/x-font-truetype',
  'application/x-font-ttf',
  'application/x-httpd-cgi',
  'application/x-javascript',
  'application/x-mpegurl',
  'application/x-opentype',
  'application/x-otf',
  'application/x-perl',
  'application/x-ttf',
  'font/eot',
  'font/opentype',
  'font/otf',
  'font/ttf',
  'image/svg+xml',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/js',
  'text/plain',
  'text/richtext',
  'text/tab-separated-values',
  'text/xml',
  'text/x-component',
  'text/x-java-source',
  'text/x-script',
  'vnd.apple.mpegurl',
]);

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

interface Compressible {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** @param accepted `br,gzip`, from the cache key */
export async function compress<R extends Compressible>(response: R, accepted: string): Promise<R> {
  const { body, headers, status } = response;
  const type = (header(headers, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (
    accepted === '' ||
    ![200, 403, 404].includes(status) ||
    headers['content-encoding'] !== undefined ||
    body.length < 1000 ||
    body.length > 10_000_000 ||
    !types.has(type)
  )
    return response;
  const brotli = accepted.includes('br');
  const compressed = brotli
    ? // Quality 5 is near gzip's speed; 11, the default, is for files compressed once.
      await brotlied(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : await gzipped(body);
  const etag = header(headers, 'etag');
  return {
    ...response,
    body: compressed,
    headers: {
      ...headers,
      'content-encoding': brotli ? 'br' : 'gzip',
      'content-length': String(compressed.length),
      vary: addVary(header(headers, 'vary'), 'Accept-Encoding'),
      // The bytes differ from the origin's, so a strong ETag would be wrong.
      ...(etag === undefined || etag.startsWith('W/') ? {} : { etag: `W/${etag}` }),
    },
  };
}

export const addVary = (vary: string | undefined, name: string): string =>
  vary === undefined || vary === ''
    ? name
    : vary.toLowerCase().split(/,\s*/).includes(name.toLowerCase())
      ? vary
      : `${vary}, ${name}`;
