/**
 * Tools that base images bring and this machine may not have, fetched once into the user's cache folder: uv (this
 * machine's, else PyPI's package of the version, by pip) and yarn (by npm).
 * https://docs.astral.sh/uv/guides/integration/docker/
 * https://github.com/nodejs/docker-node: its images have yarn 1
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../core/cache-folder.ts';
import { SlipwayError } from '../../../core/errors.ts';
import { interpretersOf } from '../interpreters.ts';
import { type FileTree, place } from './file-tree.ts';
import { readTar, unzipped } from './tar.ts';

const run = promisify(execFile);
/** ms */
const patience = 300_000;

/** @param version as the image's tag has it */
export async function uvFiles(version: string): Promise<FileTree> {
  const folder = await uvFolder(version);
  return new Map(
    ['uv', 'uvx']
      .filter((name) => existsSync(join(folder, name)))
      .map((name) => [name, { kind: 'file', mode: 0o755, read: () => readFileSync(join(folder, name)) }]),
  );
}

async function uvFolder(version: string): Promise<string> {
  const exact = /^\d+\.\d+\.\d+$/.test(version);
  const own = (process.env.PATH ?? '').split(delimiter).find((folder) => existsSync(join(folder, 'uv')));
  if (own !== undefined && !exact) return own;
  const target = join(cacheFolder('uv'), exact ? version : 'newest');
  if (existsSync(target)) return join(target, 'bin');
  const python = interpretersOf('python').at(-1)?.command ?? 'python3';
  const partial = `${target}.${randomBytes(4).toString('hex')}`;
  const wanted = exact ? `uv==${version}` : /^\d+(\.\d+)?$/.test(version) ? `uv==${version}.*` : 'uv';
  try {
    await mkdir(partial, { recursive: true });
    const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];
    await run(python, ['-m', 'pip', 'install', ...options, '--target', partial, wanted], {
      timeout: patience,
    });
    await rename(partial, target);
  } catch (error) {
    if (!existsSync(target))
      throw new SlipwayError(
        'local.container-unsupported',
        `uv ${version} is not on this machine, and pip could not fetch it: ${String((error as { stderr?: unknown }).stderr ?? error).trim()}`,
        { fix: 'install uv on this machine' },
      );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return join(target, 'bin');
}

const yarnVersion = '1.22.22';

export async function yarnFiles(): Promise<FileTree> {
  const folder = cacheFolder('yarn');
  const archive = join(folder, `yarn-${yarnVersion}.tgz`);
  if (!existsSync(archive))
    try {
      await mkdir(folder, { recursive: true });
      const partial = join(folder, randomBytes(4).toString('hex'));
      await mkdir(partial);
      const options = ['--loglevel=error', '--pack-destination', partial];
      await run('npm', ['pack', ...options, `yarn@${yarnVersion}`], { cwd: partial, timeout: patience });
      await rename(join(partial, `yarn-${yarnVersion}.tgz`), archive);
      await rm(partial, { recursive: true, force: true });
    } catch (error) {
      throw new SlipwayError(
        'local.container-unsupported',
        `the Dockerfile uses yarn, which npm could not fetch: ${String((error as { stderr?: unknown }).stderr ?? error).trim()}`,
        { fix: 'connect to the npm registry once' },
      );
    }
  const home = `opt/yarn-v${yarnVersion}`;
  const tree: FileTree = new Map();
  for (const { path, kind, mode, data } of readTar(unzipped(readFileSync(archive)) ?? Buffer.alloc(0)))
    place(tree, path.replace(/^package/, home), {
      kind,
      mode: /\/bin\//.test(path) ? 0o755 : mode & 0o777,
      read: () => data,
    });
  for (const name of ['yarn', 'yarnpkg'])
    place(tree, `usr/local/bin/${name}`, { kind: 'symlink', mode: 0o777, target: `/${home}/bin/yarn.js` });
  return tree;
}
