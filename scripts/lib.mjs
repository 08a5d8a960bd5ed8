// What the two commands of the README share: install what is missing, build what is stale.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 21 || (major === 20 && minor >= 19)) return;
  console.error(
    `This is Node.js ${process.versions.node}; Slipway needs 20.19 or later in line 20, or 22 and up.`,
  );
  process.exit(1);
}

export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** `npm install` when the lock file is newer than what is installed; it builds as well (see prepare.mjs). */
export function install() {
  const marker = join(root, 'node_modules', '.slipway-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  console.error('installing what is missing (once) …');
  const status = run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status);
  const after = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  writeFileSync(marker, after);
}

/** Builds dist when a source is newer than it. */
export async function buildIfStale() {
  const built = join(root, 'dist', 'cli.js');
  const newest = Math.max(...['src', 'scripts'].map(newestIn), statSync(join(root, 'package.json')).mtimeMs);
  if (
    existsSync(built) &&
    existsSync(join(root, 'node_modules', 'slipway')) &&
    statSync(built).mtimeMs > newest
  )
    return;
  await import('./prepare.mjs');
}

function newestIn(folder) {
  let newest = 0;
  for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  return newest;
}
