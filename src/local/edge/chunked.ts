/**
 * Bodies on their way in: the aws-chunked encoding (signed or unsigned chunks, trailing checksums) is undone and
 * every stated hash is checked while the bytes stream by, so that a store only commits what arrived whole.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …/sigv4-streaming-trailers.html
 */
import { createHash, createHmac, type Hash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { AwsError } from '../service.ts';
import { edgeErrors } from './errors.ts';
import { type SignatureParts, scopeText, sha256Hex, signingKey } from './sigv4.ts';

const emptyHash = sha256Hex('');

/** Passes bytes through and fails at the end when their SHA-256 is not the one that was signed. */
export function hashChecker(expected: string): Transform {
  const hash: Hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      if (hash.digest('hex') === expected) return done();
      done(edgeErrors.payloadMismatch());
    },
  });
}

interface ChunkedOptions {
  readonly signed: boolean;
  readonly parts: SignatureParts;
  readonly secret: string;
  /** Receives the trailing headers (checksums) before the stream ends; may throw an AwsError. */
  onTrailers(trailers: ReadonlyMap<string, string>): void;
}

/** Decodes aws-chunked. With signed chunks, every chunk's signature is verified before it is passed on. */
export function chunkedDecoder(options: ChunkedOptions): Transform {
  let buffered: Buffer = Buffer.alloc(0);
  let state: 'size' | 'data' | 'trailer' | 'done' = 'size';
  let remaining = 0;
  let chunkSignature = '';
  let previous = options.parts.signature;
  const trailers = new Map<string, string>();
  const scope = scopeText(options.parts);
  const key = signingKey(options.secret, options.parts);
  const malformed = (detail: string) =>
    new AwsError('IncompleteBody', `The aws-chunked body is malformed: ${detail}.`);

  const verify = (data: Buffer) => {
    if (!options.signed) return;
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      options.parts.timestamp,
      scope,
      previous,
      emptyHash,
      sha256Hex(data),
    ].join('\n');
    const expected = createHmac('sha256', key).update(text).digest('hex');
    if (expected !== chunkSignature)
      throw new AwsError(
        'SignatureDoesNotMatch',
        'The signature of a chunk does not match the signature you provided.',
        403,
      );
    previous = expected;
  };

  const verifyTrailers = () => {
    const signature = trailers.get('x-amz-trailer-signature');
    trailers.delete('x-amz-trailer-signature');
    if (!options.signed || trailers.size === 0) return;
    const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    const text = [
      'AWS4-HMAC-SHA256-TRAILER',
      options.parts.timestamp,
      scope,
      previous,
      sha256Hex(canonical),
    ].join('\n');
    if (createHmac('sha256', key).update(text).digest('hex') !== signature)
      throw new AwsError(
        'SignatureDoesNotMatch',
        'The signature of the trailing headers does not match the signature you provided.',
        403,
      );
  };

  function step(push: (data: Buffer) => void): boolean {
    if (state === 'size' || state === 'trailer') {
      const end = buffered.indexOf('\r\n');
      if (end < 0) {
        if (buffered.length > 16_384) throw malformed('a chunk header is too long');
        return false;
      }
      const line = buffered.subarray(0, end).toString('latin1');
      buffered = buffered.subarray(end + 2);
      if (state === 'trailer') {
        if (line === '') state = 'done';
        else {
          const colon = line.indexOf(':');
          if (colon < 0) throw malformed(`"${line}" is not a trailer`);
          trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
        }
        return true;
      }
      const match = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
      if (!match || (options.signed && !match[2]))
        throw malformed(`"${line.slice(0, 80)}" is not a chunk header`);
      remaining = Number.parseInt(match[1] ?? '0', 16);
      chunkSignature = match[2] ?? '';
      if (remaining === 0) {
        verify(Buffer.alloc(0));
        state = 'trailer';
      } else state = 'data';
      return true;
    }
    if (state === 'data') {
      // A chunk is passed on only when it is whole, because its signature covers all of it.
      if (buffered.length < remaining + 2) return false;
      const data = buffered.subarray(0, remaining);
      verify(data);
      push(Buffer.from(data));
      buffered = buffered.subarray(remaining + 2);
      state = 'size';
      return true;
    }
    return false;
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      try {
        while (step((data) => this.push(data)));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      if (state !== 'done' && !(state === 'trailer' && buffered.length === 0))
        return done(malformed('it ended early'));
      try {
        verifyTrailers();
        options.onTrailers(trailers);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
