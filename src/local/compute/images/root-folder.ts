/** The root of an image on disk while its steps run: writes trees into it, and tells what a step has changed. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Delta, FileTree, TreeFile } from './file-tree.ts';

export function writeDelta(root: string, { added, removed }: Delta): void {
  for (const path of removed) rmSync(join(root, path), { recursive: true, force: true });
  const written = [...added].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, file] of written) {
    const target = join(root, path);
    if (file.kind === 'directory') {
      if (lstatSync(target, { throwIfNoEntry: false })?.isFile()) rmSync(target);
      mkdirSync(target, { recursive: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    if (file.kind === 'symlink') symlinkSync(file.target ?? '', target);
    else {
      writeFileSync(target, file.read?.() ?? '');
      chmodSync(target, file.mode);
      if (file.mtime) utimesSync(target, file.mtime, file.mtime);
    }
  }
}

/** What tells whether a file has changed, by path. */
export type Snapshot = Map<string, string>;

/** Not of the image: what is mounted over them. */
const mounted = new Set(['dev', 'proc', 'sys', '.slipway']);

/** @param mounts paths of mounts of the step, whose content is not the image's */
export function snapshot(root: string, mounts: ReadonlySet<string>): Snapshot {
  const found: Snapshot = new Map();
  for (const [path, stat] of walk(root, mounts))
    found.set(path, `${stat.mode} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`);
  return found;
}

export function changes(root: string, before: Snapshot, mounts: ReadonlySet<string>): Delta {
  const added: FileTree = new Map();
  const seen = new Set<string>();
  for (const [path, stat] of walk(root, mounts)) {
    seen.add(path);
    const now = `${stat.mode} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`;
    const then = before.get(path);
    if (then === now) continue;
    // A folder's time changes with its content, which is listed by itself.
    if (stat.isDirectory() && then !== undefined && Number(then.split(' ', 1)[0]) === stat.mode) continue;
    const file = treeFile(join(root, path), stat);
    if (file) added.set(path, file);
  }
  const removed = [...before.keys()].filter((path) => !seen.has(path));
  const gone = new Set(removed);
  return { added, removed: removed.filter((path) => !gone.has(dirname(path))) };
}

function treeFile(file: string, stat: ReturnType<typeof lstatSync>): TreeFile | undefined {
  if (!stat) return undefined;
  const mode = Number(stat.mode) & 0o777;
  const mtime = Math.floor(Number(stat.mtimeMs) / 1000);
  if (stat.isDirectory()) return { kind: 'directory', mode, mtime };
  if (stat.isSymbolicLink()) return { kind: 'symlink', mode: 0o777, mtime, target: readlinkSync(file) };
  // Sockets and pipes are no part of an image.
  return stat.isFile() ? { kind: 'file', mode, mtime, read: () => readFileSync(file) } : undefined;
}

function* walk(root: string, mounts: ReadonlySet<string>) {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const name of readdirSync(join(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (folder === '' && mounted.has(name)) continue;
      const stat = lstatSync(join(root, path));
      yield [path, stat] as const;
      if (stat.isDirectory() && !mounts.has(path)) folders.push(path);
    }
}
