// What the scripts share: run a program, build what is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
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
