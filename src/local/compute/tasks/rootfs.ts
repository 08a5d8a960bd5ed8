/**
 * The files of an image on disk: unpacked once per image and read-only; a container that may write to its root
 * gets a copy of its own. As root (which ignores file modes) writes to a read-only root are not prevented.
 */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { chmod, cp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTar } from '../images/tar.ts';

export interface RootfsStore {
  /** @param layers reads the layers, lowest first; called only when the image is not unpacked yet */
  unpacked(imageDigest: string, layers: () => Promise<readonly Buffer[]>): Promise<string>;
  /** A copy that one container may write to. */
  writableCopy(root: string, id: string): Promise<string>;
  removeCopy(id: string): Promise<void>;
}

export function createRootfsStore(directory: string): RootfsStore {
  const images = join(directory, 'images');
  const copies = join(directory, 'roots');
  // Copies belong to tasks of an earlier process.
  if (existsSync(copies)) rmSync(copies, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  const working = new Map<string, Promise<string>>();
  const unpack = async (target: string, layers: () => Promise<readonly Buffer[]>) => {
    if (existsSync(target)) return target;
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    for (const layer of await layers()) unpackLayer(layer, partial);
    renameSync(partial, target);
    return target;
  };
  return {
    unpacked(imageDigest, layers) {
      const target = join(images, imageDigest.replace(':', '-'));
      let work = working.get(target);
      if (!work) {
        work = unpack(target, layers).finally(() => working.delete(target));
        working.set(target, work);
      }
      return work;
    },
    async writableCopy(root, id) {
      const target = join(copies, id);
      await cp(root, target, { recursive: true, verbatimSymlinks: true });
      await makeWritable(target);
      return target;
    },
    removeCopy: (id) => rm(join(copies, id), { recursive: true, force: true }),
  };
}

/** Whiteouts of the OCI layer format take files of lower layers away. */
function unpackLayer(layer: Buffer, root: string): void {
  const tar = layer[0] === 0x1f && layer[1] === 0x8b ? gunzipSync(layer) : layer;
  for (const entry of readTar(tar)) {
    const path = join(root, entry.path);
    const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
    if (name.startsWith('.wh.')) {
      rmSync(join(dirname(path), name.slice(4)), { recursive: true, force: true });
      continue;
    }
    if (entry.kind === 'directory') {
      mkdirSync(path, { recursive: true });
      continue;
    }
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { recursive: true, force: true });
    if (entry.kind === 'symlink') symlinkSync(inside(entry.target ?? '', entry.path), path);
    else {
      writeFileSync(path, entry.data);
      chmodSync(path, entry.mode & 0o555);
    }
  }
}

/** An absolute link of an image points into the image, not into this machine. */
const inside = (target: string, path: string) =>
  target.startsWith('/') ? join('../'.repeat(path.split('/').length - 1), target.slice(1)) : target;

async function makeWritable(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) {
      const file = join(entry.parentPath, entry.name);
      await chmod(file, 0o755);
    }
}
