/** The files of an image while it is built, and how COPY lays them out. */
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globMatcher } from './dockerignore.ts';
import type { TarEntry } from './tar.ts';

export interface TreeFile {
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  /** Seconds since 1970, of what a RUN step made. */
  readonly mtime?: number;
  /** Reads a file's content, only when it ends up in the image. */
  readonly read?: () => Uint8Array;
  readonly target?: string;
}

/** By path without the leading slash. */
export type FileTree = Map<string, TreeFile>;

/** What a layer adds, and the paths that it takes away. */
export interface Delta {
  readonly added: FileTree;
  readonly removed: readonly string[];
}

export interface Destination {
  /** Absolute, in the image. */
  readonly path: string;
  /** It was written with a trailing slash. */
  readonly folder: boolean;
  readonly mode: number | undefined;
}

export const imagePath = (path: string, workdir: string): string => posix.resolve('/', workdir, path);

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

export function applyDelta(tree: FileTree, { added, removed }: Delta): void {
  for (const path of removed) {
    tree.delete(path);
    for (const below of tree.keys()) if (below.startsWith(`${path}/`)) tree.delete(below);
  }
  for (const [path, file] of added) {
    // A step writes into folders of the base image too, which no layer names.
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (tree.has(folder)) break;
      tree.set(folder, { kind: 'directory', mode: 0o755 });
    }
    tree.set(path, file);
  }
}

/**
 * In a fixed order, whatever order the file system listed them in.
 * https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
 */
export const toEntries = ({ added, removed }: Delta): TarEntry[] =>
  [
    ...removed.map((path): [string, TreeFile] => [
      posix.join(posix.dirname(path), `.wh.${posix.basename(path)}`),
      { kind: 'file', mode: 0o644 },
    ]),
    ...added,
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, file]) => ({
      path,
      kind: file.kind,
      mode: file.mode,
      ...(file.mtime === undefined ? {} : { mtime: file.mtime }),
      data: file.read?.() ?? new Uint8Array(),
      ...(file.target === undefined ? {} : { target: file.target }),
    }));

/** @returns why the path of a source cannot be meant, if so */
export const outside = (source: string): string | undefined =>
  posix.normalize(source.replace(/^\/+/, '') || '.').startsWith('..')
    ? `${source} lies outside the build context`
    : undefined;

/** Paths in a tree that a source of COPY names; [''] for all of it. */
export function sourcePaths(files: FileTree, given: string): string[] {
  const relative = posix.normalize(given.replace(/^\/+/, '') || '.').replace(/\/$/, '');
  const source = relative === '.' ? '' : relative;
  if (isPattern(source)) return [...files.keys()].filter(globMatcher(source, false));
  return source === '' || files.has(source) ? [source] : [];
}

export const isPattern = (source: string): boolean => /[*?[]/.test(source);

/**
 * What COPY adds to an image.
 * https://docs.docker.com/reference/dockerfile/#copy
 * @param tree what the image has already
 */
export function copied(
  tree: FileTree,
  files: FileTree,
  paths: readonly string[],
  { path: target, folder, mode }: Destination,
): FileTree {
  const added: FileTree = new Map();
  const base = target.replace(/^\//, '');
  const set = (to: string, file: TreeFile) =>
    place(added, to, mode === undefined || file.kind !== 'file' ? file : { ...file, mode });
  const isFolder = (path: string) => path === '' || tree.get(path)?.kind === 'directory';
  for (const path of paths) {
    const file = path === '' ? undefined : files.get(path);
    if (file && file.kind !== 'directory') {
      const into = folder || paths.length > 1 || isFolder(base);
      set(into ? posix.join(base, posix.basename(path)) : base, file);
      continue;
    }
    // Of a folder, the content is copied, not the folder itself.
    if (base !== '') set(base, { kind: 'directory', mode: 0o755 });
    const prefix = path === '' ? '' : `${path}/`;
    for (const [below, entry] of files)
      if (below.startsWith(prefix)) set(posix.join(base, below.slice(prefix.length)), entry);
  }
  // Folders that are there already keep what they are.
  for (const [path, file] of added)
    if (file.kind === 'directory' && tree.get(path)?.kind === 'directory') added.delete(path);
  return added;
}

/** File modes are reduced to "may be executed or not", so that a layer does not depend on a umask. */
export function contextTree(directory: string, ignored: (path: string) => boolean): FileTree {
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
