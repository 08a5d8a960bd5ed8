/** Writes an answer to its connection. */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

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
    await pipeline(body, response);
  } catch {
    // The reader went away, or the source broke after the headers were sent: the connection is the only signal left.
    response.destroy();
  }
}
