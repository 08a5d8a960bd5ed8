/** Reads request bodies: whole with a limit, or as a checked stream when the operation's payload streams. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { AwsError, unsupported } from '../service.ts';
import type { Signed } from './authenticate.ts';
import { chunkedDecoder, hashChecker } from './chunked.ts';
import { edgeErrors } from './errors.ts';
import { sha256Hex } from './sigv4.ts';

/** Larger than any API's own limit; API Gateway and Lambda state theirs (10 MB, 6 MB). */
export const apiBodyLimit = 64 * 1024 * 1024;
/** Bodies up to this are verified before the handler sees them; larger ones while they stream. */
const bufferUpTo = 256 * 1024;

const noBytes = Buffer.alloc(0);

export function readWhole(request: IncomingMessage, limit: number): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (length === 0) return Promise.resolve(noBytes);
  if (length > limit) {
    // Read on without keeping, so that the client gets the answer instead of a reset connection.
    request.resume();
    return Promise.reject(tooLarge(limit));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        // Read on without keeping, for the same reason.
        chunks.length = 0;
        reject(tooLarge(limit));
      } else chunks.push(chunk);
    });
    request.once('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.once('error', reject);
  });
}

const tooLarge = (limit: number) =>
  new AwsError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limit} bytes for this operation.`,
    413,
  );

/** Whether a body that may stream is read whole all the same. */
export function isSmall({ headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'] ?? Number.NaN);
  const stated = headers['x-amz-content-sha256'];
  return length <= bufferUpTo && !(typeof stated === 'string' && stated.startsWith('STREAMING-'));
}

/** Holds the body to the hash that was signed; streams are held to it while they flow. */
export function checkBody(
  raw: Buffer | Readable,
  { payload, by }: Signed,
  /** Receives the trailing headers of a body in chunks, before it ends. */
  onTrailers: (trailers: ReadonlyMap<string, string>) => void,
): Buffer | Readable {
  switch (payload.kind) {
    case 'unsigned':
    case 'verified':
      return raw;
    case 'hashed':
      if (!Buffer.isBuffer(raw)) return through(raw, hashChecker(payload.sha256));
      if (sha256Hex(raw) !== payload.sha256) throw edgeErrors.payloadMismatch();
      return raw;
    case 'marked': {
      const { marker } = payload;
      const signed = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/.test(marker);
      if (!by || (!signed && marker !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'))
        throw new AwsError(
          'NotImplemented',
          `Slipway does not support x-amz-content-sha256: ${marker}.`,
          501,
        );
      const decoder = chunkedDecoder({
        signed,
        parts: by.parts,
        secret: by.identity.secretAccessKey,
        onTrailers,
      });
      return through(Buffer.isBuffer(raw) ? Readable.from([raw]) : raw, decoder);
    }
  }
}

/** Pipes and passes errors downstream; Node's own pipe() does not. */
function through(source: Readable, next: NodeJS.ReadWriteStream & Readable): Readable {
  source.on('error', (error) => next.destroy(error));
  source.on('close', () => {
    if (!source.readableEnded)
      next.destroy(new Error('the client closed the connection before its body ended'));
  });
  return source.pipe(next);
}

/** The SDK compresses large calls of some services (CloudWatch's PutMetricData): `content-encoding: gzip`. */
export function decompress(body: Buffer, encoding: string | undefined, limit: number): Buffer {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw unsupported(`request bodies with content-encoding: ${encoding}`);
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch {
    throw new AwsError('SerializationException', `the body is not gzip, or has more than ${limit} bytes.`);
  }
}
