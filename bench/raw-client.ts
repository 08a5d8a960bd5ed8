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

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class Connection {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes of the answer under way, once its head has been read; `chunked` when it does not say. */
  #expected: number | 'chunked' | undefined;
  #waiting: Waiting | undefined;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay();
    this.#socket.on('data', (chunk) => {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      if (this.#mayBeWhole(chunk)) this.#read();
    });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  send(bytes: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  /** Joining the chunks after each would cost the square of a large answer's size. */
  #mayBeWhole(chunk: Buffer): boolean {
    if (this.#expected === undefined || chunk.length < 5) return true;
    return this.#expected === 'chunked'
      ? chunk.toString('latin1', chunk.length - 5) === '0\r\n\r\n'
      : this.#size >= this.#expected;
  }

  #read(): void {
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = bytes.subarray(0, end).toString('latin1');
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    let body: Buffer;
    if (length !== undefined) {
      const whole = end + 4 + Number(length);
      this.#expected = whole;
      if (bytes.length < whole) return;
      body = bytes.subarray(end + 4, whole);
    } else if (/transfer-encoding: chunked/i.test(head)) {
      this.#expected = 'chunked';
      const last = bytes.indexOf('0\r\n\r\n', end + 4);
      if (last < 0) return;
      body = bytes.subarray(end + 4, last);
    } else body = Buffer.alloc(0);
    this.#chunks = [];
    this.#size = 0;
    this.#expected = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
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
