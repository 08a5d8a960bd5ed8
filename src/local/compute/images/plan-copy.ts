/**
 * COPY and ADD: what they take from where. Refuses by name what would be downloaded, and files of images that are not
 * here.
 * https://docs.docker.com/reference/dockerfile/#copy
 * https://docs.docker.com/reference/dockerfile/#add
 */
import { uvImageVersion } from './base-images.ts';
import { execForm, type Instruction, problem } from './dockerfile.ts';
import { type FileTree, imagePath, isPattern, outside, place, sourcePaths } from './file-tree.ts';
import {
  type CopySource,
  type CopyStep,
  type Draft,
  earlierStage,
  filledFlag,
  type Planning,
} from './planning.ts';
import { readTar, unzipped } from './tar.ts';
import { expand, expandContent, type Variables } from './words.ts';

export function planCopy(
  instruction: Instruction,
  variables: Variables,
  draft: Draft,
  planning: Planning,
): CopyStep {
  const { name, line, text, heredocs } = instruction;
  const { escapeSign } = planning;
  const refuse = (what: string, fix?: string) => problem(planning.file, line, what, fix);
  const list = (execForm(text) ?? text.split(/\s+/).filter(Boolean)).map((part) =>
    heredocs.some(({ word }) => word === part) ? part : expand(part, variables, escapeSign),
  );
  const target = list.at(-1);
  const given = list.slice(0, -1);
  if (target === undefined || given.length === 0)
    throw refuse(`${name} takes one source or more, and a destination`);
  if (given.length > 1 && !target.endsWith('/') && target !== '.' && target !== '..')
    throw refuse(`${name} of several sources needs a destination that ends in /`);
  const chmod = filledFlag(instruction, 'chmod', variables, escapeSign);
  if (chmod !== undefined && !/^[0-7]{3,4}$/.test(chmod))
    throw refuse(`${name} --chmod=${chmod} is not an octal mode`);
  const destination = {
    path: imagePath(target, draft.config.workdir),
    folder: /(^|\/)\.{0,2}$/.test(target),
    mode: chmod === undefined ? undefined : Number.parseInt(chmod, 8),
  };
  const from = filledFlag(instruction, 'from', variables, escapeSign);
  if (from !== undefined) {
    const source = sourceOf(from, draft, planning);
    if (!source)
      throw refuse(
        `COPY --from=${from} names no stage of this file; files of other images are not here`,
        'files can be had from stages, and uv from ghcr.io/astral-sh/uv',
      );
    // Whether they are there is known when the stage has been built.
    return { kind: 'copy', line, source, paths: given, destination, archives: [] };
  }
  const files: FileTree = new Map();
  const archives: FileTree[] = [];
  const paths: string[] = [];
  for (const source of given) {
    const document = heredocs.find(({ word }) => word === source);
    if (document) {
      const content = document.expands
        ? expandContent(document.content, variables, escapeSign)
        : document.content;
      files.set(document.name, { kind: 'file', mode: 0o644, read: () => Buffer.from(content) });
      paths.push(document.name);
      continue;
    }
    if (/^(https?|git|ssh):|^git@/.test(source))
      throw refuse(`${name} ${source} would be downloaded`, 'put the file into the build context');
    const wrong = outside(source);
    if (wrong) throw refuse(wrong);
    const found = sourcePaths(planning.context(), source);
    // A pattern may fit nothing, a name may not.
    if (found.length === 0 && !isPattern(source))
      throw refuse(`${source} is not in the build context (or .dockerignore leaves it out)`);
    for (const path of found) {
      const archive = name === 'ADD' ? archiveAt(planning.context(), path, refuse) : undefined;
      if (archive) archives.push(archive);
      else paths.push(path);
    }
  }
  const context = heredocs.length > 0 ? new Map([...planning.context(), ...files]) : planning.context();
  return { kind: 'copy', line, source: { kind: 'context', files: context }, paths, destination, archives };
}

function sourceOf(from: string, draft: Draft, planning: Planning): CopySource | undefined {
  const index = earlierStage(from, draft, planning);
  if (index !== undefined) {
    planning.stage(index);
    return { kind: 'stage', index };
  }
  const version = uvImageVersion(from);
  return version === undefined ? undefined : { kind: 'uv', version };
}

/** A tar archive is known by its content, whatever its name. */
function archiveAt(
  files: FileTree,
  path: string,
  refuse: (what: string, fix?: string) => Error,
): FileTree | undefined {
  const data = files.get(path)?.read?.();
  if (!data) return undefined;
  const starts = (...bytes: readonly number[]) => bytes.every((byte, index) => data[index] === byte);
  if (starts(0x42, 0x5a, 0x68) || starts(0xfd, 0x37, 0x7a, 0x58, 0x5a) || starts(0x28, 0xb5, 0x2f, 0xfd))
    throw refuse(`ADD ${path} is compressed with bzip2, xz or zstd`, 'compress it with gzip');
  const content = unzipped(Buffer.from(data));
  if (content?.subarray(257, 262).toString('latin1') !== 'ustar') return undefined;
  const tree: FileTree = new Map();
  for (const { path: entry, kind, mode, data: bytes, target } of readTar(content))
    place(tree, entry, { kind, mode, read: () => bytes, ...(target === undefined ? {} : { target }) });
  return tree;
}
