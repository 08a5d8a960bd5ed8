/**
 * The files of an image on disk: unpacked once per image and read-only; a container that may write to its root
 * gets a copy of its own. As root (which ignores file modes) writes to a read-only root are not prevented.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { SlipwayError } from '../../../core/errors.ts';
import { baseStamp, writeBase } from '../images/base-files.ts';
import type { BaseImage } from '../images/base-images.ts';
import { readTar } from '../images/tar.ts';

const gunzipped = promisify(gunzip);
const run = promisify(execFile);

export interface RootfsStore {
  /** @param layers reads the layers, lowest first; called only when the image is not unpacked yet */
  unpacked(
    imageDigest: string,
    layers: () => Promise<readonly Buffer[]>,
    /** Its files are written below those of the image, for a view. */
    base?: BaseImage,
  ): Promise<string>;
  /** A copy that one container may write to. @param whole as it is, for a view */
  writableCopy(root: string, id: string, whole?: boolean): Promise<string>;
  removeCopy(id: string): Promise<void>;
}

export function createRootfsStore(directory: string): RootfsStore {
  const images = join(directory, 'images');
  const copies = join(directory, 'roots');
  // Copies belong to tasks of an earlier process.
  if (existsSync(copies)) rmSync(copies, { recursive: true, force: true });
  mkdirSync(images, { recursive: true });
  const working = new Map<string, Promise<string>>();
  const unpack = async (
    target: string,
    layers: () => Promise<readonly Buffer[]>,
    base: BaseImage | undefined,
  ) => {
    if (existsSync(target)) return target;
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    if (base) writeBase(base, partial);
    for (const layer of await layers()) await unpackLayer(layer, partial, base !== undefined);
    renameSync(partial, target);
    return target;
  };
  return {
    unpacked(imageDigest, layers, base) {
      const name = imageDigest.replace(':', '-');
      // Another interpreter of this machine makes other files.
      const stamp = base && createHash('sha256').update(baseStamp(base)).digest('hex').slice(0, 12);
      const target = join(images, stamp === undefined ? name : `${name}-${stamp}`);
      let work = working.get(target);
      if (!work) {
        work = unpack(target, layers, base).finally(() => working.delete(target));
        working.set(target, work);
      }
      return work;
    },
    async writableCopy(root, id, whole = false) {
      const target = join(copies, id);
      if (whole) {
        // As fast as the file system copies; cp keeps modes and times.
        await mkdir(target, { recursive: true });
        await run('cp', ['-a', '--reflink=auto', `${root}/.`, target]);
        return target;
      }
      await cp(root, target, { recursive: true, verbatimSymlinks: true });
      await makeWritable(target);
      return target;
    },
    removeCopy: (id) => rm(join(copies, id), { recursive: true, force: true }),
  };
}

/** Bytes of a layer, unpacked: it is held in memory. */
const largestLayer = 2 * 1024 ** 3;

/** Takes everything of the lower layers in its folder away. */
const opaque = '.wh..wh..opq';

/**
 * Whiteouts of the OCI layer format take files of lower layers away.
 * https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
 */
async function unpackLayer(layer: Buffer, root: string, asTheyAre: boolean): Promise<void> {
  const zipped = layer[0] === 0x1f && layer[1] === 0x8b;
  const entries = readTar(zipped ? await gunzipped(layer, { maxOutputLength: largestLayer }) : layer);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const placeOf = (path: string) => {
    const place = join(root, path);
    stayInside(root, dirname(place), path);
    return place;
  };
  for (const { path } of entries)
    if (nameOf(path) === opaque) {
      const folder = dirname(placeOf(path));
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        rmSync(join(folder, name), { recursive: true, force: true });
    }
  let written = 0;
  for (const entry of entries) {
    // An image may have tens of thousands of files, and the cloud goes on meanwhile.
    if (++written % 200 === 0) await new Promise(setImmediate);
    const path = placeOf(entry.path);
    const name = nameOf(entry.path);
    if (name === opaque) continue;
    if (name.startsWith('.wh.')) {
      const gone = name.slice(4);
      if (gone === '' || gone === '.' || gone === '..') throw leaving(entry.path);
      rmSync(join(dirname(path), gone), { recursive: true, force: true });
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
      // In a view the root is mounted read-only; elsewhere the modes have to keep it so.
      chmodSync(path, asTheyAre ? entry.mode & 0o777 : entry.mode & 0o555);
      // Python compiles a module again whose time is not the one that it has noted.
      if (entry.mtime) utimesSync(path, entry.mtime, entry.mtime);
    }
  }
}

/** A folder on the way may be a link that a lower layer made: it is followed as long as it stays in the image. */
function stayInside(root: string, folder: string, entry: string): void {
  for (let at = folder; at !== root; at = dirname(at)) {
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (!found?.isSymbolicLink()) continue;
    const real = existsSync(at) ? realpathSync(at) : '';
    const inside = realpathSync(root);
    if (real !== inside && !real.startsWith(inside + sep)) throw leaving(entry);
  }
}

const leaving = (path: string) =>
  new SlipwayError('local.container-unsupported', `a layer holds the path ${path}, which leaves the image`);

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
