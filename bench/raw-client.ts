/**
 * A load generator that costs little: keep-alive sockets, requests signed ahead of time, answers read only as far
 * as their length. The SDK's client would be the slower half of every measurement.
 */
import { createHash, createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The bytes of one signed HTTP/1.1 request. */
export function sign(
  request: RawRequest,
  target: { readonly host: string; readonly service: string },
  keys: Credentials,
): Buffer {
  const stamp = `${new Date().toISOString().replace(/[-:]|\.\d{3}/g, '')}`;
  const date = stamp.slice(0, 8);
  const hash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    host: target.host,
    'x-amz-content-sha256': hash,
    'x-amz-date': stamp,
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    request.method,
    request.path,
    '',
    ...names.map((n) => `${n}:${headers[n]}`),
    '',
    names.join(';'),
    hash,
  ].join('\n');
  const scope = `${date}/us-east-1/${target.service}/aws4_request`;
  const key = hmac(
    hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, date), 'us-east-1'), target.service),
    'aws4_request',
  );
  const signature = createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const body = Buffer.from(request.body);
  headers['content-length'] = String(body.length);
  const head = `${request.method} ${request.path} HTTP/1.1\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

export class Connection {
  readonly #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay();
    this.#socket.on('data', (chunk) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#read();
    });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
  }

  send(bytes: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(): void {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.subarray(0, end).toString('latin1');
    const status = Number(head.slice(9, 12));
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    let body: Buffer;
    if (length !== undefined) {
      const size = Number(length);
      if (this.#buffer.length < end + 4 + size) return;
      body = Buffer.from(this.#buffer.subarray(end + 4, end + 4 + size));
    } else if (/transfer-encoding: chunked/i.test(head)) {
      const last = this.#buffer.indexOf('0\r\n\r\n', end + 4);
      if (last < 0) return;
      body = Buffer.from(this.#buffer.subarray(end + 4, last));
    } else body = Buffer.alloc(0);
    this.#buffer = Buffer.alloc(0);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status, body });
  }
}

/**
 * Keeps `connections` requests under way for `count` in all.
 * @returns requests a second
 */
export async function drive(
  port: number,
  options: { readonly connections: number; readonly count: number },
  one: (connection: Connection, index: number) => Promise<void>,
): Promise<number> {
  const connections = Array.from({ length: options.connections }, () => new Connection(port));
  let next = 0;
  const started = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      while (next < options.count) await one(connection, next++);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const connection of connections) connection.close();
  return options.count / seconds;
}
