/**
 * A stretch of a body that is read piece by piece: a stream like any other, and a source that fills a buffer of its
 * reader's, which saves a large answer the allocation of every chunk.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';

/** Bytes in memory, or a part of a file; `to` is exclusive. */
export type Stretch =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly path: string; readonly from: number; readonly to: number };

const chunkSize = 256 * 1024;

export class BodyStream extends Readable {
  readonly #stretches: Iterator<Stretch>;
  #current: Stretch | undefined;
  /** Bytes of the current stretch that were read. */
  #done = 0;
  #file: number | undefined;

  /** @param stretches made as the reader comes to them */
  constructor(stretches: Iterable<Stretch>) {
    super({ highWaterMark: chunkSize });
    this.#stretches = stretches[Symbol.iterator]();
  }

  /** Fills as much of the target as it can. @returns how many bytes; 0 at the end */
  fill(target: Buffer): number {
    let filled = 0;
    while (filled < target.length) {
      this.#current ??= this.#stretches.next().value;
      if (this.#current === undefined) break;
      const count = this.#copy(this.#current, target.subarray(filled));
      this.#done += count;
      filled += count;
      if (this.#done < sizeOf(this.#current)) continue;
      this.#close();
      this.#current = undefined;
      this.#done = 0;
    }
    return filled;
  }

  #copy(stretch: Stretch, target: Buffer): number {
    const count = Math.min(target.length, sizeOf(stretch) - this.#done);
    if (stretch.kind === 'bytes') {
      target.set(stretch.bytes.subarray(this.#done, this.#done + count));
      return count;
    }
    this.#file ??= openSync(stretch.path, 'r');
    const read = readSync(this.#file, target, 0, count, stretch.from + this.#done);
    if (read === 0) throw new Error(`${stretch.path} is shorter than its record says`);
    return read;
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  override _read(): void {
    try {
      const chunk = Buffer.allocUnsafe(chunkSize);
      const filled = this.fill(chunk);
      this.push(filled === 0 ? null : chunk.subarray(0, filled));
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#close();
    done(error);
  }
}

const sizeOf = (stretch: Stretch): number =>
  stretch.kind === 'bytes' ? stretch.bytes.byteLength : stretch.to - stretch.from;
