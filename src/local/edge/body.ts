/** Reads request bodies: whole with a limit, or as a checked stream when the operation's payload streams. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { AwsError, unsupported } from '../service.ts';

export function readWhole(request: IncomingMessage, limit: number): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
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

/** Pipes and passes errors downstream; Node's own pipe() does not. */
export function through(source: Readable, next: NodeJS.ReadWriteStream & Readable): Readable {
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
