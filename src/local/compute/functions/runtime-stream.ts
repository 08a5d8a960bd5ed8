/**
 * The response stream of a streaming handler: what is written goes out at once, with back pressure.
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
import { Writable } from 'node:stream';
import type { ResponseStreaming } from './runtime-client.ts';

export interface StreamedResponse {
  readonly stream: LambdaResponseStream;
  /** Whether anything has gone out. */
  readonly begun: boolean;
  /** After what was written. Also ends a stream that the handler left open. */
  end(trailers?: Readonly<Record<string, string>>): Promise<unknown>;
}

export class LambdaResponseStream extends Writable {
  contentType = 'application/octet-stream';
  /** Goes out before the first part. */
  prelude: Buffer | undefined;
  setContentType(type: string): void {
    this.contentType = type;
  }
}

export function responseStream(open: (contentType: string) => ResponseStreaming): StreamedResponse {
  let out: ResponseStreaming | undefined;
  const send = (chunk: Uint8Array, done: () => void) => {
    if (!out) {
      out = open(stream.contentType);
      if (stream.prelude) out.write(stream.prelude, () => {});
    }
    if (out.write(chunk, done)) done();
  };
  const stream = new LambdaResponseStream({
    write: (chunk: Buffer, _, done) => send(chunk, () => done()),
    final(done) {
      send(Buffer.alloc(0), () => done());
    },
  });
  const finished = new Promise<void>((resolve) => stream.once('close', resolve));
  stream.on('error', () => {});
  return {
    stream,
    get begun() {
      return out !== undefined;
    },
    async end(trailers) {
      stream.end();
      await finished;
      out ??= open(stream.contentType);
      return out.end(trailers);
    },
  };
}

interface HttpMetadata {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

/** The metadata as JSON, eight zero bytes, and the body: how function URLs and API Gateway read it. */
export function httpIntegrationStream(
  stream: LambdaResponseStream,
  metadata: HttpMetadata,
): LambdaResponseStream {
  stream.setContentType('application/vnd.awslambda.http-integration-response');
  stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]);
  return stream;
}
