/**
 * Zip files of functions and layers, kept by content, and unpacked when first run:
 * `code/<sha>.zip`, `roots/<key>/task` (the code), `roots/<key>/opt` (its layers, in order).
 *
 * When the state lies inside a project, the roots lie in the system's temporary folder instead: Node looks for
 * packages in every folder above, and a function must not find the project's by accident.
 *
 * Beside the roots lies a node_modules with links to an AWS SDK, because Lambda's Node.js runtimes bring one along:
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html. Slipway has a few of its clients; those that the
 * project has are taken first.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { type Unzipped, unzip, unzipSync } from 'fflate';

export interface StoredCode {
  /** base64, as AWS shows it */
  readonly sha256: string;
  readonly size: number;
}

export interface CodeRoot {
  readonly task: string;
  readonly opt: string | undefined;
}

export interface CodeStore {
  /** @throws ZipError when it is not a zip file */
  put(zip: Uint8Array): Promise<StoredCode>;
  get(sha256: string): Promise<Buffer>;
  /** @param layers their sha256, lowest first */
  unpack(sha256: string, layers: readonly string[]): Promise<CodeRoot>;
  /** Removes what was unpacked outside of the directory. */
  close(): Promise<void>;
}

export class ZipError extends Error {}

const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

/** @param project the folder whose packages of the AWS SDK functions may import */
export function createCodeStore(directory: string, project: string): CodeStore {
  const archive = (sha256: string) => join(directory, 'code', `${hex(sha256)}.zip`);
  const inside = !packagesAbove(directory);
  const unpacked = inside
    ? directory
    : join(
        tmpdir(),
        `slipway-functions-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`,
      );
  const unpacking = new Map<string, Promise<CodeRoot>>();
  let linked: Promise<void> | undefined;

  async function unpackRoot(key: string, sha256: string, layers: readonly string[]): Promise<CodeRoot> {
    const root = join(unpacked, 'roots', key);
    const made = { task: join(root, 'task'), opt: layers.length > 0 ? join(root, 'opt') : undefined };
    linked ??= linkSdk(unpacked, project);
    await linked;
    if (existsSync(root)) return made;
    const temporary = `${root}.${randomBytes(4).toString('hex')}`;
    await extract(await readFile(archive(sha256)), join(temporary, 'task'));
    for (const layer of layers) await extract(await readFile(archive(layer)), join(temporary, 'opt'));
    if (existsSync(join(temporary, 'opt', 'nodejs', 'node_modules')))
      await symlink(join('opt', 'nodejs', 'node_modules'), join(temporary, 'node_modules'));
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
      await readZip(zip, true);
      const file = archive(sha256);
      if (!existsSync(file)) {
        await mkdir(dirname(file), { recursive: true });
        const temporary = `${file}.${randomBytes(4).toString('hex')}`;
        await writeFile(temporary, zip);
        await rename(temporary, file);
      }
      return { sha256, size: zip.length };
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
    async close() {
      if (!inside) await rm(unpacked, { recursive: true, force: true });
    },
  };
}

function packagesAbove(directory: string): boolean {
  for (let folder = dirname(directory); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return true;
    if (folder === dirname(folder)) return false;
  }
}

const notAZip = 'Could not unzip uploaded file. Please check your file, then try to upload again.';
/** fflate unpacks larger files in a worker each; for small ones that costs more than it saves. */
const inWorkersFrom = 4 * 1024 * 1024;

async function readZip(zip: Uint8Array, namesOnly: boolean): Promise<Unzipped> {
  const options = namesOnly ? { filter: () => false } : {};
  try {
    if (zip.length < inWorkersFrom) return unzipSync(zip, options);
    return await new Promise((done, fail) => {
      unzip(zip, options, (error, files) => (error ? fail(error) : done(files)));
    });
  } catch {
    throw new ZipError(notAZip);
  }
}

async function extract(zip: Buffer, into: string): Promise<void> {
  const files = await readZip(zip, false);
  const modes = unixModes(zip);
  await mkdir(into, { recursive: true });
  const folders = new Set<string>();
  for (const [name, content] of Object.entries(files)) {
    const path = resolve(into, name);
    // A name such as ../../x must not leave the folder.
    if (path !== into && !path.startsWith(into + sep)) throw new ZipError(`the zip file names ${name}`);
    const folder = name.endsWith('/') ? path : dirname(path);
    if (!folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      folders.add(folder);
    }
    if (name.endsWith('/')) continue;
    const mode = modes.get(name) ?? 0;
    if ((mode & 0o170000) === 0o120000) await symlink(Buffer.from(content).toString(), path);
    else await writeFile(path, content, { mode: mode & 0o111 ? 0o755 : 0o644 });
  }
}

/** fflate does not read modes: the high half of each central directory entry's external attributes. */
function unixModes(zip: Buffer): Map<string, number> {
  const modes = new Map<string, number>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) return modes;
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0 && at + 46 <= zip.length; i--) {
    if (zip.readUInt32LE(at) !== 0x02014b50) break;
    const nameLength = zip.readUInt16LE(at + 28);
    modes.set(zip.subarray(at + 46, at + 46 + nameLength).toString(), zip.readUInt32LE(at + 38) >>> 16);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return modes;
}

/** Functions may import what Lambda's runtime brings along, and nothing else of what is installed. */
async function linkSdk(directory: string, project: string): Promise<void> {
  const target = join(directory, 'node_modules');
  await rm(target, { recursive: true, force: true });
  const folders = [join(project, 'package.json'), import.meta.url].flatMap(
    (from) => createRequire(from).resolve.paths('@aws-sdk/core') ?? [],
  );
  for (const scope of ['@aws-sdk', '@smithy']) {
    const link = join(target, scope);
    await mkdir(link, { recursive: true });
    const linked = new Set<string>();
    for (const folder of folders)
      for (const name of await readdir(join(folder, scope)).catch(() => [])) {
        if (linked.has(name)) continue;
        linked.add(name);
        await symlink(await realpath(join(folder, scope, name)), join(link, name), 'junction');
      }
  }
}
