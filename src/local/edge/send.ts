/** Writes an answer to its connection. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyStream } from '../store/body-stream.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array | Readable | undefined;
}

export async function send(response: ServerResponse, method: string, answer: Answer): Promise<void> {
  const { status, body } = answer;
  if (response.destroyed) {
    if (body instanceof Readable) body.destroy();
    return;
  }
  const headers: Record<string, string | string[] | number> = {};
  for (const name in answer.headers) {
    const value = answer.headers[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : [...value];
  }
  if (body instanceof Readable) return stream(response, method, status, headers, body);
  if (method === 'HEAD') {
    response.writeHead(status, headers).end();
    return;
  }
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  if (status !== 204 && status !== 304) headers['content-length'] = length;
  // Text goes out in one write with its headers; bytes take a second one.
  response.writeHead(status, headers).end(body);
}

async function stream(
  response: ServerResponse,
  method: string,
  status: number,
  headers: Record<string, string | string[] | number>,
  body: Readable,
): Promise<void> {
  if (method === 'HEAD') {
    body.destroy();
    response.writeHead(status, headers).end();
    return;
  }
  try {
    if (body instanceof BodyStream) await copy(body, response, () => response.writeHead(status, headers));
    else {
      response.writeHead(status, headers);
      await pipeline(body, response);
    }
  } catch (error) {
    body.destroy();
    // The reader went away: there is nobody to tell.
    if (response.headersSent && (response.closed || isPrematureClose(error))) return;
    throw error;
  }
}

const isPrematureClose = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

const bufferSize = 256 * 1024;
/** Of answers that are done; each holds one while it is written. */
const spare: Buffer[] = [];

/**
 * One buffer takes the whole body to the connection: the next part is read when the one before has left it.
 * @param begin sends the headers; called when the first part was read, so that a body that cannot be read is an error
 */
async function copy(body: BodyStream, response: ServerResponse, begin: () => void): Promise<void> {
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(bufferSize);
  try {
    let size = body.fill(buffer);
    begin();
    while (size > 0) {
      if (!(await written(response, buffer.subarray(0, size)))) return;
      // A quick reader of a large body would keep everybody else waiting.
      await new Promise(setImmediate);
      size = body.fill(buffer);
    }
    response.end();
    if (spare.length < 4) spare.push(buffer);
  } finally {
    body.destroy();
  }
}

/** @returns whether the bytes left; false when the reader went away */
function written(response: ServerResponse, bytes: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const closed = () => resolve(false);
    if (response.destroyed) return closed();
    response.once('close', closed);
    response.write(bytes, (error) => {
      response.off('close', closed);
      resolve(!error);
    });
  });
}
