/**
 * Bodies on their way in: the aws-chunked encoding (signed or unsigned chunks, trailing checksums) is undone and
 * every stated hash is checked while the bytes stream by. Data is passed on before its hash is known, so that no chunk
 * has to be kept; a store therefore only commits what arrived whole.
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
  /** Who signed the chunks; undefined when they are not signed. */
  readonly signedBy: { readonly parts: SignatureParts; readonly secret: string } | undefined;
  /** Receives the trailing headers (checksums) before the stream ends; may throw an AwsError. */
  onTrailers(trailers: ReadonlyMap<string, string>): void;
}

/** Of a line that says a chunk's size, and of a trailing header. */
const longestLine = 16_384;
const mostTrailers = 32;
const lineFeed = 10;
const carriageReturn = 13;

const malformed = (detail: string) =>
  new AwsError('IncompleteBody', `The aws-chunked body is malformed: ${detail}.`);

/** The signatures of one body's chunks; each includes the one before. */
function chunkSignatures({ parts, secret }: NonNullable<ChunkedOptions['signedBy']>) {
  const key = signingKey(secret, parts);
  let previous = parts.signature;
  const hold = (kind: string, hashes: readonly string[], given: string | undefined, what: string) => {
    const text = [kind, parts.timestamp, scopeText(parts), previous, ...hashes].join('\n');
    const expected = createHmac('sha256', key).update(text).digest('hex');
    if (expected !== given) throw edgeErrors.wrongChunkSignature(what);
    previous = expected;
  };
  return {
    chunk: (hash: string, given: string) =>
      hold('AWS4-HMAC-SHA256-PAYLOAD', [emptyHash, hash], given, 'a chunk'),
    trailers: (canonical: string, given: string | undefined) =>
      hold('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(canonical)], given, 'the trailing headers'),
  };
}

/** Decodes aws-chunked in one pass over the bytes. */
export function chunkedDecoder({ signedBy, onTrailers }: ChunkedOptions): Transform {
  /** The beginning of a line that has not ended yet. */
  let line = '';
  let state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';
  let remaining = 0;
  let chunkSignature = '';
  let hash: Hash | undefined;
  const signatures = signedBy && chunkSignatures(signedBy);
  const trailers = new Map<string, string>();

  const beginChunk = (text: string) => {
    const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(text);
    if (!match || (signatures && !match[2])) throw malformed(`"${text.slice(0, 80)}" is not a chunk header`);
    remaining = Number.parseInt(match[1] ?? '0', 16);
    chunkSignature = match[2] ?? '';
    hash = signatures && createHash('sha256');
    if (remaining > 0) state = 'data';
    else {
      signatures?.chunk(emptyHash, chunkSignature);
      state = 'trailer';
    }
  };

  const endTrailers = () => {
    const signature = trailers.get('x-amz-trailer-signature');
    trailers.delete('x-amz-trailer-signature');
    if (signatures && trailers.size > 0)
      signatures.trailers([...trailers].map(([name, value]) => `${name}:${value}\n`).join(''), signature);
    onTrailers(trailers);
    state = 'done';
  };

  const takeLine = (text: string) => {
    if (state === 'size') beginChunk(text);
    else if (state === 'data-end') {
      if (text !== '') throw malformed('a chunk is longer than its header says');
      state = 'size';
    } else if (text === '') endTrailers();
    else {
      const colon = text.indexOf(':');
      if (colon < 0 || trailers.size === mostTrailers)
        throw malformed(`"${text.slice(0, 80)}" is not a trailer`);
      trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
    }
  };

  /** @returns how many bytes of the chunk were taken */
  const takeData = (bytes: Buffer, push: (data: Buffer) => void): number => {
    const data = bytes.length > remaining ? bytes.subarray(0, remaining) : bytes;
    hash?.update(data);
    push(data);
    remaining -= data.length;
    if (remaining === 0) {
      if (hash) signatures?.chunk(hash.digest('hex'), chunkSignature);
      state = 'data-end';
    }
    return data.length;
  };

  /** @returns how many bytes were taken */
  const takeText = (bytes: Buffer): number => {
    let end = bytes.indexOf(lineFeed);
    while (end >= 0 && !(end > 0 ? bytes[end - 1] === carriageReturn : line.endsWith('\r')))
      end = bytes.indexOf(lineFeed, end + 1);
    line += bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    if (line.length > longestLine) throw malformed('a chunk header is too long');
    if (end < 0) return bytes.length;
    const whole = line.slice(0, -1);
    line = '';
    takeLine(whole);
    return end + 1;
  };

  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      try {
        let rest = chunk;
        while (rest.length > 0) {
          if (state === 'done') throw malformed('there are bytes after the last chunk');
          rest = rest.subarray(state === 'data' ? takeData(rest, (data) => this.push(data)) : takeText(rest));
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        // Some clients leave out the empty line at the end.
        if (state === 'trailer' && line === '') endTrailers();
        if (state !== 'done') throw malformed('it ended early');
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
