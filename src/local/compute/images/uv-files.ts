/**
 * uv for Dockerfiles that copy it from its own image: this machine's, else PyPI's package of the version, fetched once by
 * pip into the user's cache folder.
 * https://docs.astral.sh/uv/guides/integration/docker/
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
import type { FileTree } from './file-tree.ts';

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
