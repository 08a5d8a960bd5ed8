/** Reads request bodies: whole with a limit, or as a checked stream when the operation's payload streams. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { AwsError } from '../service.ts';

export async function readWhole(request: IncomingMessage, limit: number): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (length === 0) return Buffer.alloc(0);
  if (length > limit) {
    // Read on without keeping, so that the client gets the answer instead of a reset connection.
    request.resume();
    throw tooLarge(limit);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      request.resume();
      throw tooLarge(limit);
    }
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
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
