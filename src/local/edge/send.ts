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
  response.writeHead(status, headers);
  if (method === 'HEAD') {
    body.destroy();
    response.end();
    return;
  }
  try {
    if (body instanceof BodyStream) await copy(body, response);
    else await pipeline(body, response);
  } catch {
    // The reader went away, or the source broke after the headers were sent: the connection is the only signal left.
    response.destroy();
  }
}

const bufferSize = 256 * 1024;
/** Of answers that are done; each holds one while it is written. */
const spare: Buffer[] = [];

/** One buffer takes the whole body to the connection: the next part is read when the one before has left it. */
async function copy(body: BodyStream, response: ServerResponse): Promise<void> {
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(bufferSize);
  try {
    for (let size = body.fill(buffer); size > 0; size = body.fill(buffer)) {
      await written(response, buffer.subarray(0, size));
      // A quick reader of a large body would keep everybody else waiting.
      await new Promise(setImmediate);
    }
    response.end();
    if (spare.length < 4) spare.push(buffer);
  } finally {
    body.destroy();
  }
}

function written(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the client closed the connection'));
    if (response.destroyed) return closed();
    response.once('close', closed);
    response.write(bytes, (error) => {
      response.off('close', closed);
      if (error) reject(error);
      else resolve();
    });
  });
}
