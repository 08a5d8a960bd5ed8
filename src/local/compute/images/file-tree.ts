/** The files of an image while it is built, and how COPY lays them out. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globMatcher } from './dockerignore.ts';
import type { TarEntry } from './tar.ts';

interface TreeFile {
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  /** Reads a file's content, only when it ends up in the image. */
  readonly read?: () => Uint8Array;
  readonly target?: string;
}

/** By path without the leading slash. */
export type FileTree = Map<string, TreeFile>;

interface Destination {
  /** Absolute, in the image. */
  readonly path: string;
  /** It was written with a trailing slash. */
  readonly folder: boolean;
  readonly mode: number | undefined;
}

export const imagePath = (path: string, workdir: string): string => {
  const absolute = posix.resolve('/', workdir, path);
  return absolute;
};

/** Adds a file, and the folders above it. */
export function place(tree: FileTree, path: string, file: TreeFile): void {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    if (tree.get(folder)?.kind !== 'directory') tree.set(folder, { kind: 'directory', mode: 0o755 });
  }
  if (file.kind === 'directory' && tree.get(path)?.kind === 'directory') return;
  tree.set(path, file);
}

/** In a fixed order, whatever order the file system listed them in. */
export const toEntries = (tree: FileTree): TarEntry[] =>
  [...tree]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, file]) => ({
      path,
      kind: file.kind,
      mode: file.mode,
      data: file.read?.() ?? new Uint8Array(),
      ...(file.target === undefined ? {} : { target: file.target }),
    }));

/** @returns what is wrong, if anything */
export function fromContext(
  tree: FileTree,
  directory: string,
  ignored: (path: string) => boolean,
  source: string,
  destination: Destination,
): string | undefined {
  const relative = posix.normalize(source.replace(/^\/+/, '') || '.').replace(/\/$/, '');
  if (relative.split('/').includes('..')) return `${source} lies outside the build context`;
  return copyFrom(
    tree,
    contextTree(directory, ignored),
    relative === '.' ? '' : relative,
    source,
    destination,
  );
}

export const fromTree = (tree: FileTree, files: FileTree, source: string, destination: Destination) =>
  copyFrom(tree, files, posix.normalize(source).replace(/^\/+|\/+$/g, ''), source, destination);

function copyFrom(
  tree: FileTree,
  files: FileTree,
  source: string,
  given: string,
  { path: target, folder, mode }: Destination,
): string | undefined {
  const paths = /[*?[]/.test(source)
    ? [...files.keys()].filter(globMatcher(source, false))
    : source === '' || files.has(source)
      ? [source]
      : [];
  if (paths.length === 0) return `${given} is not in the build context (or .dockerignore leaves it out)`;
  const base = target.replace(/^\//, '');
  const set = (to: string, file: TreeFile) =>
    place(tree, to, mode === undefined || file.kind !== 'file' ? file : { ...file, mode });
  for (const path of paths) {
    const file = path === '' ? undefined : files.get(path);
    if (file && file.kind !== 'directory') {
      const into = folder || paths.length > 1 || base === '' || tree.get(base)?.kind === 'directory';
      set(into ? posix.join(base, posix.basename(path)) : base, file);
      continue;
    }
    // Of a folder, the content is copied, not the folder itself.
    if (base !== '') place(tree, base, { kind: 'directory', mode: 0o755 });
    const prefix = path === '' ? '' : `${path}/`;
    for (const [below, entry] of files)
      if (below.startsWith(prefix)) set(posix.join(base, below.slice(prefix.length)), entry);
  }
  return undefined;
}

/** File modes are reduced to "may be executed or not", so that a layer does not depend on a umask. */
function contextTree(directory: string, ignored: (path: string) => boolean): FileTree {
  const tree: FileTree = new Map();
  const walk = (relative: string) => {
    for (const name of readdirSync(join(directory, relative))) {
      const path = relative === '' ? name : `${relative}/${name}`;
      const absolute = join(directory, path);
      const stat = lstatSync(absolute);
      // A folder that is left out may still hold files that a later `!` pattern takes back.
      if (stat.isDirectory()) {
        if (!ignored(path)) tree.set(path, { kind: 'directory', mode: 0o755 });
        walk(path);
      } else if (ignored(path)) continue;
      else if (stat.isSymbolicLink())
        tree.set(path, { kind: 'symlink', mode: 0o777, target: readlinkSync(absolute) });
      else if (stat.isFile())
        tree.set(path, {
          kind: 'file',
          mode: stat.mode & 0o111 ? 0o755 : 0o644,
          read: () => readFileSync(absolute),
        });
    }
  };
  walk('');
  return tree;
}
