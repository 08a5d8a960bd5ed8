/**
 * Bodies of objects: small ones in the record store, larger ones as plain files under `<state>/objects/`.
 *
 * A body is written to a temporary file, renamed, and only then entered in the transaction that makes the object
 * known; what is not entered is swept away at the next start. A body being read is not deleted under its reader.
 * Files are synced to disk, once a second, before the records that name them.
 */
import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { BodyStream, type Stretch } from './body-stream.ts';
import type { Store } from './store.ts';

/** A stretch of bytes that is kept as one; a body is a list of them (a multipart upload has one per part). */
export interface Piece {
  readonly id: string;
  readonly size: number;
  readonly kept: 'record' | 'file';
}

/** Written, but not yet anyone's. */
export interface Staged {
  readonly size: number;
  /** Call inside the transaction that makes the body known. */
  commit(): readonly Piece[];
  discard(): void;
}

export interface Bodies {
  /** Takes bytes that are in memory. */
  stage(bytes: Uint8Array): Staged;
  /** Takes a stream; `chunk` sees every chunk. Fails with the stream's own error, and leaves nothing. */
  stageStream(source: Readable, chunk: (bytes: Uint8Array) => void): Promise<Staged>;
  /** The same bytes again under ids of their own. Call inside a transaction. */
  copy(pieces: readonly Piece[]): readonly Piece[];
  /** Call inside the transaction that forgets them. */
  remove(pieces: readonly Piece[]): void;
  /** @param end exclusive */
  read(pieces: readonly Piece[], start: number, end: number): Buffer | Readable;
  /** Deletes files that no transaction entered. */
  sweep(): void;
}

/** Up to here one write to the record store is faster than a file. */
const recordLimit = 16 * 1024;
/** Up to here one synchronous read is faster than a stream. */
const readAtOnce = 256 * 1024;

export function openBodies(store: Store, clock: Clock, randomId: (length: number) => string): Bodies {
  const folder = join(store.directory, 'objects');
  const staging = join(folder, 'staging');
  mkdirSync(staging, { recursive: true });
  const records = store.collection<Uint8Array>('bodies');
  const files = store.collection<number>('body-files');
  const readers = new Map<string, number>();
  const doomed = new Set<string>();
  const folders = new Set<string>();
  /** Files whose bytes may be in the system's cache only. */
  let unsynced = new Set<string>();
  store.beforeSync(async () => {
    const waiting = unsynced;
    unsynced = new Set();
    try {
      await syncFiles(waiting, folder);
    } catch (error) {
      for (const path of waiting) unsynced.add(path);
      throw error;
    }
  });

  // Ids of one run follow one another: neighbours in the record store, spread over the folders.
  const run = randomId(16);
  let made = 0;
  const newId = () => `${run}${(made++).toString(36).padStart(8, '0')}`;
  const subFolder = (id: string) => id.slice(-2);
  const fileOf = (id: string) => join(folder, subFolder(id), id);
  const place = (id: string) => {
    const sub = subFolder(id);
    if (!folders.has(sub)) {
      mkdirSync(join(folder, sub), { recursive: true });
      folders.add(sub);
    }
    return fileOf(id);
  };
  const unlink = (id: string) => {
    // Still entered: the transaction that removed it was rolled back.
    if (files.has(id)) return;
    if (readers.has(id)) doomed.add(id);
    else rmSync(fileOf(id), { force: true });
  };
  const release = (id: string) => {
    const left = (readers.get(id) ?? 1) - 1;
    if (left > 0) readers.set(id, left);
    else {
      readers.delete(id);
      if (doomed.delete(id)) rmSync(fileOf(id), { force: true });
    }
  };

  const stagedRecord = (bytes: Uint8Array): Staged => ({
    size: bytes.byteLength,
    commit() {
      if (bytes.byteLength === 0) return [];
      const id = newId();
      records.put(id, bytes);
      return [{ id, size: bytes.byteLength, kept: 'record' }];
    },
    discard() {},
  });

  const stagedFile = (id: string, size: number): Staged => ({
    size,
    commit() {
      const path = place(id);
      renameSync(join(staging, id), path);
      files.put(id, size);
      unsynced.add(path);
      return [{ id, size, kept: 'file' }];
    },
    discard: () => rmSync(join(staging, id), { force: true }),
  });

  return {
    stage(bytes) {
      if (bytes.byteLength <= recordLimit) return stagedRecord(bytes);
      const id = newId();
      const path = join(staging, id);
      const file = openSync(path, 'wx', 0o600);
      try {
        for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at);
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      } finally {
        closeSync(file);
      }
      return stagedFile(id, bytes.byteLength);
    },
    async stageStream(source, chunk) {
      const id = newId();
      const path = join(staging, id);
      let file: FileHandle | undefined;
      let held: Uint8Array[] = [];
      let size = 0;
      try {
        for await (const bytes of source as AsyncIterable<Buffer | string>) {
          const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
          chunk(data);
          size += data.length;
          held.push(data);
          if (size <= recordLimit) continue;
          file ??= await open(path, 'wx', 0o600);
          for (let left = Buffer.concat(held); left.length > 0; )
            left = left.subarray((await file.write(left)).bytesWritten);
          held = [];
        }
        await file?.close();
      } catch (error) {
        await file?.close().catch(() => {});
        rmSync(path, { force: true });
        throw error;
      }
      return file ? stagedFile(id, size) : stagedRecord(Buffer.concat(held));
    },
    copy: (pieces) =>
      pieces.map((piece) => {
        const id = newId();
        if (piece.kept === 'record') records.put(id, records.get(piece.id) ?? missing(piece));
        else {
          linkSync(fileOf(piece.id), place(id));
          files.put(id, piece.size);
        }
        return { ...piece, id };
      }),
    remove(pieces) {
      for (const { id, kept } of pieces) {
        if (kept === 'record') records.delete(id);
        else {
          files.delete(id);
          clock.soon(() => unlink(id));
        }
      }
    },
    read(pieces, start, end) {
      const [only] = pieces;
      if (pieces.length === 1 && only?.kept === 'record') {
        const bytes = records.get(only.id) ?? missing(only);
        return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
      }
      const spans = spansOf(pieces, start, end);
      const stretch = ({ piece, from, to }: Span): Stretch =>
        piece.kept === 'record'
          ? { kind: 'bytes', bytes: (records.get(piece.id) ?? missing(piece)).subarray(from, to) }
          : { kind: 'file', path: fileOf(piece.id), from, to };
      const stream = new BodyStream(mapped(spans, stretch));
      if (end - start <= readAtOnce) {
        const bytes = Buffer.allocUnsafe(end - start);
        try {
          stream.fill(bytes);
        } finally {
          stream.destroy();
        }
        return bytes;
      }
      // Before the headers of an answer are sent: afterwards only a broken connection could tell.
      for (const { piece } of spans) if (piece.kept === 'file') checkLength(piece, fileOf(piece.id));
      for (const { piece } of spans) readers.set(piece.id, (readers.get(piece.id) ?? 0) + 1);
      stream.once('close', () => {
        for (const { piece } of spans) release(piece.id);
      });
      return stream;
    },
    sweep() {
      for (const name of readdirSync(staging)) rmSync(join(staging, name), { force: true });
      for (const sub of readdirSync(folder)) {
        if (sub === 'staging') continue;
        for (const id of readdirSync(join(folder, sub)))
          if (!files.has(id)) rmSync(join(folder, sub, id), { force: true });
      }
    },
  };
}

interface Span {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
}

function spansOf(pieces: readonly Piece[], start: number, end: number): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const piece of pieces) {
    const from = Math.max(0, start - at);
    const to = Math.min(piece.size, end - at);
    if (from < to) spans.push({ piece, from, to });
    at += piece.size;
  }
  return spans;
}

function* mapped<A, B>(values: Iterable<A>, map: (value: A) => B): Iterable<B> {
  for (const value of values) yield map(value);
}

function checkLength({ id, size }: Piece, path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })?.size;
  if (found !== size)
    throw new Error(
      found === undefined
        ? `the body ${id} has vanished: ${path} is not there`
        : `the body ${id} has ${found} bytes where its record says ${size}: ${path}`,
    );
}

function missing(piece: Piece): never {
  throw new Error(`the body ${piece.id} has vanished from the record store`);
}

const syncedAtOnce = 4;

/** The bytes of files, then the folders that name them: a file without its entry in the folder is lost. */
async function syncFiles(paths: ReadonlySet<string>, folder: string): Promise<void> {
  if (paths.size === 0) return;
  const folders = new Set([folder, ...[...paths].map(dirname)]);
  const left = [...paths];
  const work = async () => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) await syncOne(path, 'r+');
  };
  await Promise.all(Array.from({ length: syncedAtOnce }, work));
  // Windows cannot open folders, and writes their entries with the file.
  if (process.platform !== 'win32') for (const one of folders) await syncOne(one, 'r');
}

async function syncOne(path: string, flags: string): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (error) {
    // It was deleted since.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
