/**
 * The function's side of the Lambda Runtime API: HTTP over one connection that is kept, on a bare socket, because
 * loading node:http would cost a cold start more than all else that the runtime does.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { connect } from 'node:net';

export interface RuntimeAnswer {
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export interface RuntimeClient {
  next(): Promise<RuntimeAnswer>;
  post(path: string, body: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<unknown>;
  /** A response in parts; its trailers tell of an error. */
  stream(requestId: string, contentType: string): ResponseStreaming;
  /** Whether the connection keeps the process alive. */
  hold(yes: boolean): void;
}

export interface ResponseStreaming {
  /** @returns false when the caller should wait for `onDrain` */
  write(chunk: Uint8Array, onDrain: () => void): boolean;
  end(trailers?: Readonly<Record<string, string>>): Promise<unknown>;
}

const root = '/2018-06-01/runtime';
const headEnd = Buffer.from('\r\n\r\n');

export function runtimeClient(address: string): RuntimeClient {
  const [host = '', port = ''] = address.split(':');
  const socket = connect({ host, port: Number(port), noDelay: true });
  // The cloud is gone: so is this environment.
  socket.on('close', () => process.exit(0));
  socket.on('error', () => process.exit(0));
  let chunks: Buffer[] = [];
  let size = 0;
  /** Of the answer that is being read; 0 until its head is there. */
  let wanted = 0;
  let headers = new Map<string, string>();
  let waiting: ((answer: RuntimeAnswer) => void) | undefined;

  socket.on('data', (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (wanted === 0) {
      if (chunks.length > 1) chunks = [Buffer.concat(chunks)];
      const all = chunks[0] ?? Buffer.alloc(0);
      const end = all.indexOf(headEnd);
      if (end < 0) return;
      headers = readHeaders(all.toString('latin1', 0, end));
      wanted = end + headEnd.length + Number(headers.get('content-length') ?? 0);
      chunks = [all.subarray(end + headEnd.length)];
      wanted -= end + headEnd.length;
      size = chunks[0]?.length ?? 0;
      if (size < wanted) return;
    } else if (size < wanted) return;
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = [];
    size = 0;
    wanted = 0;
    const answer = waiting;
    waiting = undefined;
    answer?.({ headers, body });
  });

  const head = (method: string, path: string, more: string) =>
    `${method} ${root}/${path} HTTP/1.1\r\nHost: ${address}\r\n${more}\r\n`;
  const answered = () =>
    new Promise<RuntimeAnswer>((resolve) => {
      waiting = resolve;
    });
  const lines = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');

  return {
    next() {
      socket.write(head('GET', 'invocation/next', ''));
      return answered();
    },
    post(path, body, fields = {}) {
      socket.cork();
      socket.write(head('POST', path, `Content-Length: ${body.length}\r\n${lines(fields)}`));
      socket.write(body);
      socket.uncork();
      return answered();
    },
    stream(requestId, contentType) {
      socket.write(
        head(
          'POST',
          `invocation/${requestId}/response`,
          lines({
            'Transfer-Encoding': 'chunked',
            'Content-Type': contentType,
            'Lambda-Runtime-Function-Response-Mode': 'streaming',
            Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
          }),
        ),
      );
      return {
        write(chunk, onDrain) {
          if (chunk.length === 0) return true;
          socket.cork();
          socket.write(`${chunk.length.toString(16)}\r\n`);
          socket.write(chunk);
          const goOn = socket.write('\r\n');
          socket.uncork();
          if (!goOn) socket.once('drain', onDrain);
          return goOn;
        },
        end(trailers = {}) {
          socket.write(`0\r\n${lines(trailers)}\r\n`);
          return answered();
        },
      };
    },
    hold: (yes) => void (yes ? socket.ref() : socket.unref()),
  };
}

function readHeaders(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    found.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return found;
}
