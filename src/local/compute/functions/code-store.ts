/**
 * Zip files of functions and layers, kept by content, and unpacked when first run:
 * `code/<sha>.zip`, `roots/<key>/var/task` (the code), `roots/<key>/var/opt` (its layers, in order).
 *
 * When the state lies inside a project, the roots lie in the system's temporary folder instead: Node looks for
 * packages in every folder above, and a function must not find the project's by accident.
 *
 * Above them lies a node_modules with links to the AWS SDK that Lambda's Node.js runtimes bring along.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import { unpackArchives, unpackedSize } from './archives.ts';
import type { SdkSource } from './brought-packages.ts';

export interface StoredCode {
  /** base64, as AWS shows it */
  readonly sha256: string;
  readonly size: number;
  readonly unpackedSize: number;
}

export interface CodeRoot {
  /** By code and layers. */
  readonly key: string;
  readonly task: string;
  readonly opt: string | undefined;
}

export interface CodeStore {
  /** @throws ZipError when it is not a zip file that may be unpacked, ZipTooLarge when too much is in it */
  put(zip: Uint8Array): Promise<StoredCode>;
  get(sha256: string): Promise<Buffer>;
  /** @param layers their sha256, lowest first */
  unpack(sha256: string, layers: readonly string[]): Promise<CodeRoot>;
  /** The AWS SDK that the code of this root may import. */
  linkSdk(root: CodeRoot, sdk: SdkSource): Promise<void>;
  /** Where those links are, if there are any. */
  sdkFolder(root: CodeRoot): string;
  /** Removes what was unpacked outside of the directory. */
  close(): Promise<void>;
}

const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

export function createCodeStore(directory: string): CodeStore {
  const archive = (sha256: string) => join(directory, 'code', `${hex(sha256)}.zip`);
  const inside = !packagesAbove(directory);
  const unpacked = inside
    ? directory
    : join(
        tmpdir(),
        `slipway-functions-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`,
      );
  const unpacking = new Map<string, Promise<CodeRoot>>();
  const linked = new Map<string, Promise<void>>();
  let owned: Promise<void> | undefined;

  function link(sdk: SdkSource): Promise<void> {
    let work = linked.get(sdk.key);
    if (!work) {
      work = linkPackages(join(unpacked, 'sdk', sdk.key), sdk.folders);
      work.catch(() => linked.delete(sdk.key));
      linked.set(sdk.key, work);
    }
    return work;
  }

  async function unpackRoot(key: string, sha256: string, layers: readonly string[]): Promise<CodeRoot> {
    const root = join(unpacked, 'roots', key);
    const opt = layers.length > 0 ? join(root, 'var', 'opt') : undefined;
    const made = { key, task: join(root, 'var', 'task'), opt };
    owned ??= ownFolder(unpacked);
    await owned;
    if (existsSync(root)) return made;
    const temporary = `${root}.${randomBytes(4).toString('hex')}`;
    const read = (sha: string) => readFile(archive(sha));
    await unpackArchives([await read(sha256)], join(temporary, 'var', 'task'));
    if (layers.length > 0)
      await unpackArchives(await Promise.all(layers.map(read)), join(temporary, 'var', 'opt'));
    if (existsSync(join(temporary, 'var', 'opt', 'nodejs', 'node_modules')))
      await symlink(join('opt', 'nodejs', 'node_modules'), join(temporary, 'var', 'node_modules'));
    try {
      await rename(temporary, root);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      if (!existsSync(root)) throw error;
    }
    return made;
  }

  return {
    async put(zip) {
      const sha256 = createHash('sha256').update(zip).digest('base64');
      const bytes = await unpackedSize(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength));
      const file = archive(sha256);
      if (!existsSync(file)) {
        await mkdir(dirname(file), { recursive: true });
        const temporary = `${file}.${randomBytes(4).toString('hex')}`;
        await writeFile(temporary, zip);
        await rename(temporary, file);
      }
      return { sha256, size: zip.length, unpackedSize: bytes };
    },
    get: (sha256) => readFile(archive(sha256)),
    unpack(sha256, layers) {
      const key = createHash('sha256')
        .update([sha256, ...layers].join('\n'))
        .digest('hex')
        .slice(0, 32);
      let work = unpacking.get(key);
      if (!work) {
        work = unpackRoot(key, sha256, layers);
        work.catch(() => unpacking.delete(key));
        unpacking.set(key, work);
      }
      return work;
    },
    async linkSdk(root, sdk) {
      await link(sdk);
      const place = join(unpacked, 'roots', root.key, 'node_modules');
      const target = join(unpacked, 'sdk', sdk.key);
      if ((await readlink(place).catch(() => undefined)) === target) return;
      const temporary = `${place}.${randomBytes(4).toString('hex')}`;
      await symlink(target, temporary, 'junction');
      await rename(temporary, place);
    },
    sdkFolder: (root) => join(unpacked, 'roots', root.key, 'node_modules'),
    async close() {
      if (!inside) await rm(unpacked, { recursive: true, force: true });
    },
  };
}

/** The system's temporary folder is everybody's: what lies there under our name may be another user's. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid()))
    throw new SlipwayError(
      'local.invalid',
      `${path}, where functions are unpacked, belongs to somebody else`,
      {
        fix: 'remove it, or start with a --state folder outside of a project',
      },
    );
  await chmod(path, 0o700);
}

function packagesAbove(directory: string): boolean {
  for (let folder = dirname(directory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** Functions may import what Lambda's runtime brings along, and nothing else of what is installed. */
async function linkPackages(target: string, folders: readonly string[]): Promise<void> {
  await rm(target, { recursive: true, force: true });
  for (const scope of ['@aws-sdk', '@smithy']) {
    const into = join(target, scope);
    await mkdir(into, { recursive: true });
    const linked = new Set<string>();
    for (const folder of folders)
      for (const name of await readdir(join(folder, scope)).catch(() => [])) {
        if (linked.has(name)) continue;
        linked.add(name);
        await symlink(await realpath(join(folder, scope, name)), join(into, name), 'junction');
      }
  }
}
