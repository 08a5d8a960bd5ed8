/**
 * Layers that RUN steps have made, kept in the user's cache folder by what went into them, so that the same step on the
 * same files does not run again. The least recently used go when they hold more than the limit together.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../core/cache-folder.ts';
import { type Delta, toEntries } from './file-tree.ts';
import { type Blob, digestOf, mediaTypes } from './image.ts';
import { readTar, writeTar } from './tar.ts';

export interface CachedLayer {
  readonly delta: Delta;
  readonly blob: Blob;
  /** What the image's configuration calls the layer's content. */
  readonly diffId: string;
}

export interface LayerCache {
  find(key: string): CachedLayer | undefined;
  keep(key: string, delta: Delta): CachedLayer;
  /** A folder that RUN --mount=type=cache keeps between builds. */
  mountFolder(id: string): string;
  /** For roots while they are built; empty. */
  workFolder(): string;
}

interface Index {
  readonly digest: string;
  readonly size: number;
  readonly removed: readonly string[];
  readonly files: readonly IndexEntry[];
}

interface IndexEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly mtime: number;
  /** Where its content begins in the archive. */
  readonly offset: number;
  readonly size: number;
  readonly target?: string;
}

/** Bytes. */
const defaultLimit = 8 * 1024 ** 3;

export function createLayerCache(root = cacheFolder('builds'), limit = defaultLimit): LayerCache {
  const layers = join(root, 'layers');
  const archive = (key: string) => join(layers, key, 'layer.tar');
  const load = (key: string): CachedLayer | undefined => {
    const file = join(layers, key, 'index.json');
    if (!existsSync(file)) return undefined;
    const index = JSON.parse(readFileSync(file, 'utf8')) as Index;
    const now = new Date();
    utimesSync(file, now, now);
    return layerOf(index, archive(key));
  };
  return {
    find: load,
    keep(key, delta) {
      const tar = writeTar(toEntries(delta));
      const index: Index = {
        digest: digestOf(tar),
        size: tar.length,
        removed: delta.removed,
        files: readTar(tar)
          .filter(({ path }) => delta.added.has(path))
          .map(({ path, kind, mode, mtime = 0, data, target }) => ({
            ...{ path, kind, mode, mtime, offset: data.byteOffset - tar.byteOffset, size: data.length },
            ...(target === undefined ? {} : { target }),
          })),
      };
      const partial = join(layers, `${key}.${process.pid}.${Date.now()}`);
      mkdirSync(partial, { recursive: true, mode: 0o700 });
      writeFileSync(join(partial, 'layer.tar'), tar);
      writeFileSync(join(partial, 'index.json'), JSON.stringify(index));
      rmSync(join(layers, key), { recursive: true, force: true });
      renameSync(partial, join(layers, key));
      shrink(layers, limit, key);
      return layerOf(index, archive(key));
    },
    mountFolder(id) {
      const folder = join(root, 'mounts', createHash('sha256').update(id).digest('hex').slice(0, 32));
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      return folder;
    },
    workFolder() {
      removeLeft(join(root, 'work'));
      removeLeft(layers);
      const folder = join(
        root,
        'work',
        `${process.pid}.${Date.now()}.${Math.random().toString(36).slice(2)}`,
      );
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      return folder;
    },
  };
}

function layerOf(index: Index, archive: string): CachedLayer {
  const { digest, size, removed } = index;
  const added = new Map(
    index.files.map(({ path, kind, mode, mtime, offset, size: length, target }) => [
      path,
      {
        kind,
        mode,
        mtime,
        ...(kind === 'file' ? { read: () => readPart(archive, offset, length) } : {}),
        ...(target === undefined ? {} : { target }),
      },
    ]),
  );
  const blob: Blob = {
    mediaType: mediaTypes.plainLayer,
    digest,
    size,
    get data() {
      return readFileSync(archive);
    },
  };
  return { delta: { added, removed }, blob, diffId: digest };
}

function readPart(file: string, offset: number, length: number): Buffer {
  const out = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, out, 0, length, offset);
  } finally {
    closeSync(descriptor);
  }
  return out;
}

/** What builds have left that were killed: the number of their process is in the name. */
function removeLeft(folder: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = Number(/(?:^|[0-9a-f]\.)(\d+)\.\d+/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function shrink(layers: string, limit: number, keep: string): void {
  const all = readdirSync(layers)
    .map((key) => {
      const index = statSync(join(layers, key, 'index.json'), { throwIfNoEntry: false });
      const data = statSync(join(layers, key, 'layer.tar'), { throwIfNoEntry: false });
      return { key, used: index?.mtimeMs ?? 0, size: data?.size ?? 0 };
    })
    .sort((a, b) => b.used - a.used);
  let total = 0;
  for (const { key, size } of all) {
    total += size;
    // A partial folder is another build's.
    if (total > limit && key !== keep && !key.includes('.'))
      rmSync(join(layers, key), { recursive: true, force: true });
  }
}
