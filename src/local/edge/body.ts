/** Reads request bodies: whole with a limit, or as a checked stream when the operation's payload streams. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { gunzip } from 'node:zlib';
import { AwsError, unsupported } from '../service.ts';
import type { Signed } from './authenticate.ts';
import { chunkedDecoder, hashChecker } from './chunked.ts';
import { edgeErrors } from './errors.ts';
import { sha256Hex } from './sigv4.ts';

/** Bodies up to this are verified before the handler sees them; larger ones while they stream. */
const bufferUpTo = 256 * 1024;
/** Of a body that nobody wants, what is read all the same, so that the client gets the answer and not a reset. */
const discardUpTo = 1024 ** 3;

const noBytes = Buffer.alloc(0);

/** The connection broke before the body was whole: nobody waits for an answer. */
export class ClientGone extends Error {}

/**
 * A client that asks first (Expect: 100-continue) is told to go on; whoever is refused before is not.
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
 */
export function invite(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.expect !== undefined && !response.headersSent) response.writeContinue();
}

/** @param tooLarge what a body of more bytes than the limit is refused with */
export function readWhole(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  tooLarge: () => Error,
): Promise<Buffer> {
  const stated = request.headers['content-length'];
  if (stated === '0' || (stated === undefined && request.headers['transfer-encoding'] === undefined))
    return Promise.resolve(noBytes);
  if (Number(stated) > limit) return Promise.reject(tooLarge());
  invite(request, response);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return chunks.push(chunk);
      request.off('end', end);
      request.removeAllListeners('data');
      reject(tooLarge());
    });
    request.once('end', end);
    request.once('error', () => reject(new ClientGone()));
  });
}

/** An unread body would be taken for the next request on this connection: it is read without keeping, or cut off. */
export function discard(request: IncomingMessage, response: ServerResponse): void {
  if (request.readableEnded || request.destroyed) return;
  // A client that was not told to go on sends nothing (RFC 9110, 10.1.1), or sends all the same: nobody can tell.
  const waits = request.headers.expect !== undefined && !response.writableEnded;
  if (waits || Number(request.headers['content-length']) > discardUpTo) response.shouldKeepAlive = false;
  let size = 0;
  request.unpipe();
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > discardUpTo) request.destroy();
  });
  // Without a listener its error would be nobody's.
  request.on('error', () => undefined);
  request.resume();
}

/** Whether a body that may stream is read whole all the same. */
export function isSmall({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  if (length === undefined) return headers['transfer-encoding'] === undefined;
  const stated = headers['x-amz-content-sha256'];
  return Number(length) <= bufferUpTo && !(typeof stated === 'string' && stated.startsWith('STREAMING-'));
}

/** A body that was read whole, held to what was signed. */
export function checkWhole(raw: Buffer, { body }: Signed): Buffer {
  if (body.kind === 'hash') {
    if (sha256Hex(raw) !== body.sha256) throw edgeErrors.payloadMismatch();
  } else if (body.kind === 'signed') body.check(sha256Hex(raw));
  return raw;
}

/** A body that streams, held to what was signed while it flows. */
export function checkedStream(
  request: IncomingMessage,
  response: ServerResponse,
  { body, by }: Signed,
  /** Receives the trailing headers of a body in chunks, before it ends. */
  onTrailers: (trailers: ReadonlyMap<string, string>) => void,
): Readable {
  invite(request, response);
  switch (body.kind) {
    case 'any':
      return request;
    case 'hash':
      return through(request, hashChecker(body.sha256));
    case 'chunked': {
      const signedBy =
        body.signed && by ? { parts: by.parts, secret: by.identity.secretAccessKey } : undefined;
      return through(request, chunkedDecoder({ signedBy, onTrailers }));
    }
    case 'signed':
      throw new Error('a stream is signed by a stated hash or a marker');
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
export function decompress(
  body: Buffer,
  encoding: string | undefined,
  limit: number,
): Buffer | Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw unsupported(`request bodies with content-encoding: ${encoding}`);
  return new Promise((resolve, reject) => {
    gunzip(body, { maxOutputLength: limit }, (error, bytes) => {
      if (error)
        reject(
          new AwsError(
            'SerializationException',
            `the body is not gzip, or has more than ${limit} bytes when it is unpacked.`,
          ),
        );
      else resolve(bytes);
    });
  });
}
