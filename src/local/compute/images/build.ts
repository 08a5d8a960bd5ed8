/**
 * Builds an image from a Dockerfile without a container engine: the files that COPY and ADD take from the
 * context, and the configuration. Refuses by name what would have to run or be downloaded: RUN, SHELL, ONBUILD,
 * remote ADD, and base images that are not Node.js.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SlipwayError } from '../../../core/errors.ts';
import { type BaseImage, baseImage } from './base-images.ts';
import {
  type Dockerfile,
  execForm,
  fillIn,
  type Instruction,
  parseDockerfile,
  problem,
  type Stage,
  words,
} from './dockerfile.ts';
import { dockerignore } from './dockerignore.ts';
import { type FileTree, fromContext, fromTree, imagePath, place, toEntries } from './file-tree.ts';
import { healthcheck } from './healthcheck.ts';
import {
  type BuiltImage,
  blob,
  descriptor,
  digestOf,
  type HealthCheckConfig,
  type ImageConfigFile,
  type ImageManifest,
  mediaTypes,
} from './image.ts';
import { writeTar } from './tar.ts';

export interface BuildOptions {
  /** The build context. */
  readonly directory: string;
  /** Relative to the context; default `Dockerfile`. */
  readonly dockerFile?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
  /** Stage to build; default the last. */
  readonly target?: string | undefined;
  /** `linux/arm64`; kept in the configuration. JavaScript runs on either. */
  readonly platform?: string | undefined;
}

/** A stage while it is built. */
interface Draft {
  readonly base: BaseImage;
  readonly files: FileTree;
  readonly env: Map<string, string>;
  readonly labels: Map<string, string>;
  readonly ports: Set<string>;
  readonly volumes: Set<string>;
  entrypoint: readonly string[] | undefined;
  cmd: readonly string[] | undefined;
  workdir: string;
  user?: string;
  stopSignal?: string;
  health?: HealthCheckConfig;
}

/** What a build of the image would be refused for, every instruction by itself. Nothing is written. */
export function imageProblems(options: BuildOptions): SlipwayError[] {
  const problems: SlipwayError[] = [];
  try {
    draftImage(options, (problem) => problems.push(problem));
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    problems.push(error);
  }
  return problems;
}

export async function buildImage(options: BuildOptions): Promise<BuiltImage> {
  const { draft, architecture } = draftImage(options);
  return assemble(draft, architecture);
}

function draftImage(options: BuildOptions, refused?: (problem: SlipwayError) => void) {
  const directory = resolve(options.directory);
  const path = resolve(directory, options.dockerFile ?? 'Dockerfile');
  if (!existsSync(path))
    throw new SlipwayError('local.container-unsupported', `there is no ${path} to build the image from`);
  const file = basename(path);
  const dockerfile = parseDockerfile(readFileSync(path, 'utf8'), path);
  // A Dockerfile of another name may bring its own ignore file.
  const ignore = [`${path}.dockerignore`, join(directory, '.dockerignore')].find((one) => existsSync(one));
  const context = {
    directory,
    path,
    ignored: dockerignore(
      `${ignore ? readFileSync(ignore, 'utf8') : ''}\n${ignore ? `${file}\n.dockerignore` : ''}`,
    ),
    buildArgs: options.buildArgs ?? {},
    globals: globalArgs(dockerfile, options.buildArgs ?? {}),
    dockerfile,
    refused,
  };
  const index = targetStage(dockerfile, options.target, path);
  const draft = buildStage(index, context);
  const [os = 'linux', architecture = 'amd64'] = (options.platform ?? 'linux/amd64').split('/');
  if (os !== 'linux')
    throw new SlipwayError('local.container-unsupported', `the platform ${options.platform} is not Linux`);
  return { draft, architecture };
}

interface BuildContext {
  readonly directory: string;
  readonly path: string;
  readonly ignored: (path: string) => boolean;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly globals: Readonly<Record<string, string>>;
  readonly dockerfile: Dockerfile;
  /** Told each instruction that cannot be followed, and the next ones are looked at. Absent: the first one throws. */
  readonly refused: ((problem: SlipwayError) => void) | undefined;
}

function globalArgs(
  dockerfile: Dockerfile,
  buildArgs: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { text } of dockerfile.globals)
    for (const [name, value] of argPairs(text)) {
      const given = buildArgs[name] ?? (value === undefined ? undefined : fillIn(value, values));
      if (given !== undefined) values[name] = given;
    }
  return values;
}

const argPairs = (text: string): [string, string | undefined][] =>
  words(text).map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
  });

function targetStage({ stages }: Dockerfile, target: string | undefined, file: string): number {
  if (target === undefined || target === '') return stages.length - 1;
  const index = stages.findIndex((stage) => stage.name === target.toLowerCase());
  if (index >= 0) return index;
  throw problem(file, 1, `there is no stage named ${target}`);
}

/** Only stages that the target needs are built, as BuildKit does. */
function buildStage(index: number, context: BuildContext): Draft {
  const { dockerfile, path } = context;
  const stage = dockerfile.stages[index];
  if (!stage) throw problem(path, 1, `there is no stage ${index}`);
  const draft = startOf(stage, index, context);
  const args: Record<string, string> = {};
  for (const instruction of stage.instructions)
    try {
      apply(instruction, draft, args, index, context);
    } catch (error) {
      if (!context.refused || !(error instanceof SlipwayError)) throw error;
      context.refused(error);
    }
  return draft;
}

function startOf(stage: Stage, index: number, context: BuildContext): Draft {
  const name = fillIn(stage.base, context.globals);
  const earlier = context.dockerfile.stages
    .slice(0, index)
    .findIndex((one) => one.name === name.toLowerCase());
  if (earlier >= 0) return buildStage(earlier, context);
  const base = baseImage(name);
  if (!base)
    throw problem(
      context.path,
      stage.line,
      `the base image ${name} cannot be run as a process on this machine's Node.js`,
      'use a Node.js base image, such as public.ecr.aws/docker/library/node:22-slim',
    );
  return {
    base,
    files: new Map(),
    env: new Map(Object.entries(base.env)),
    labels: new Map(),
    ports: new Set(),
    volumes: new Set(),
    entrypoint: base.entrypoint,
    cmd: base.cmd,
    workdir: base.workdir,
  };
}

function apply(
  instruction: Instruction,
  draft: Draft,
  args: Record<string, string>,
  index: number,
  context: BuildContext,
): void {
  const { name, line, flags } = instruction;
  const refuse = (what: string, fix?: string) => problem(context.path, line, what, fix);
  const variables = () => ({ ...args, ...Object.fromEntries(draft.env) });
  const filled = () => fillIn(instruction.text, variables());
  const unknownFlags = Object.keys(flags).filter((flag) => !allowedFlags[name]?.includes(flag));
  if (unknownFlags.length > 0) throw refuse(`${name} --${unknownFlags.join(', --')} is not supported`);
  switch (name) {
    case 'ARG':
      for (const [key, value] of argPairs(instruction.text)) {
        const given =
          context.buildArgs[key] ?? (value === undefined ? context.globals[key] : fillIn(value, variables()));
        if (given !== undefined) args[key] = given;
      }
      return;
    case 'ENV':
      for (const [key, value] of pairs(filled())) draft.env.set(key, value);
      return;
    case 'LABEL':
      for (const [key, value] of pairs(filled())) draft.labels.set(key, value);
      return;
    case 'WORKDIR':
      draft.workdir = imagePath(words(filled())[0] ?? '/', draft.workdir);
      if (draft.workdir !== '/')
        place(draft.files, draft.workdir.slice(1), { kind: 'directory', mode: 0o755 });
      return;
    case 'COPY':
    case 'ADD':
      copy(instruction, filled(), draft, index, context);
      return;
    case 'CMD':
      draft.cmd = execForm(instruction.text) ?? ['/bin/sh', '-c', instruction.text];
      return;
    case 'ENTRYPOINT':
      draft.entrypoint = execForm(instruction.text) ?? ['/bin/sh', '-c', instruction.text];
      // https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
      if (draft.cmd === draft.base.cmd) draft.cmd = undefined;
      return;
    case 'EXPOSE':
      for (const port of words(filled())) draft.ports.add(port.includes('/') ? port : `${port}/tcp`);
      return;
    case 'USER':
      draft.user = words(filled())[0] ?? '';
      return;
    case 'STOPSIGNAL':
      draft.stopSignal = words(filled())[0] ?? '';
      return;
    case 'VOLUME':
      for (const volume of execForm(instruction.text) ?? words(filled())) draft.volumes.add(volume);
      return;
    case 'HEALTHCHECK': {
      const read = healthcheck(instruction);
      if (typeof read === 'string') throw refuse(read);
      draft.health = read;
      return;
    }
    case 'MAINTAINER':
      draft.labels.set('maintainer', instruction.text);
      return;
    case 'RUN':
      throw refuse(
        `RUN ${instruction.text.slice(0, 60)} would have to run inside the image, which needs a container engine`,
        'build beforehand (for example bundle with esbuild), and COPY the result',
      );
    default:
      throw refuse(`${name} is not supported`);
  }
}

const allowedFlags: Readonly<Record<string, readonly string[]>> = {
  COPY: ['chown', 'chmod', 'from', 'link'],
  ADD: ['chown', 'chmod', 'link'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
};

/** `A=1 B="two words"`, or the old form `A two words`. */
function pairs(text: string): [string, string][] {
  const [first = ''] = text.split(/\s/, 1);
  if (!first.includes('=')) return [[first, text.slice(first.length).trim()]];
  return argPairs(text).map(([key, value]) => [key, value ?? '']);
}

function copy(
  { name, line, flags, text }: Instruction,
  filled: string,
  draft: Draft,
  index: number,
  context: BuildContext,
): void {
  const refuse = (what: string, fix?: string) => problem(context.path, line, what, fix);
  const list = execForm(text)?.map((part) => fillIn(part, Object.fromEntries(draft.env))) ?? words(filled);
  const target = list.at(-1);
  const sources = list.slice(0, -1);
  if (target === undefined || sources.length === 0)
    throw refuse(`${name} takes one source or more, and a destination`);
  if (sources.length > 1 && !target.endsWith('/'))
    throw refuse(`${name} of several sources needs a destination that ends in /`);
  const mode = flags.chmod === undefined ? undefined : Number.parseInt(flags.chmod, 8);
  if (mode !== undefined && !(mode >= 0)) throw refuse(`${name} --chmod=${flags.chmod} is not an octal mode`);
  const destination = { path: imagePath(target, draft.workdir), folder: target.endsWith('/'), mode };
  for (const source of sources) {
    if (/^(https?|git|ssh):|^git@/.test(source))
      throw refuse(`${name} ${source} would be downloaded`, 'put the file into the build context');
    if (name === 'ADD' && /\.(tar|tgz|tar\.(gz|bz2|xz|zst))$/.test(source))
      throw refuse(`${name} ${source} would be unpacked`, 'unpack it beforehand and COPY the folder');
    const missing =
      flags.from === undefined
        ? fromContext(draft.files, context.directory, context.ignored, source, destination)
        : fromTree(draft.files, stageFiles(flags.from, index, context, refuse), source, destination);
    if (missing) throw refuse(missing);
  }
}

function stageFiles(
  from: string,
  index: number,
  context: BuildContext,
  refuse: (what: string) => SlipwayError,
): FileTree {
  const earlier = context.dockerfile.stages
    .slice(0, index)
    .findIndex((stage, at) => stage.name === from.toLowerCase() || String(at) === from);
  if (earlier < 0)
    throw refuse(`COPY --from=${from} names no stage of this file; files of other images are not here`);
  return buildStage(earlier, context).files;
}

function assemble(draft: Draft, architecture: string): BuiltImage {
  const tar = writeTar(toEntries(draft.files));
  const layer = blob(mediaTypes.layer, gzipSync(tar, { level: 6 }));
  const object = <T>(keys: Iterable<string>, value: T) =>
    Object.fromEntries([...keys].sort().map((key) => [key, value]));
  const file: ImageConfigFile = {
    architecture,
    os: 'linux',
    config: {
      ...(draft.user ? { User: draft.user } : {}),
      ...(draft.ports.size > 0 ? { ExposedPorts: object(draft.ports, {}) } : {}),
      Env: [...draft.env].map(([key, value]) => `${key}=${value}`),
      ...(draft.entrypoint ? { Entrypoint: draft.entrypoint } : {}),
      ...(draft.cmd ? { Cmd: draft.cmd } : {}),
      ...(draft.volumes.size > 0 ? { Volumes: object(draft.volumes, {}) } : {}),
      WorkingDir: draft.workdir,
      ...(draft.labels.size > 0 ? { Labels: Object.fromEntries(draft.labels) } : {}),
      ...(draft.stopSignal ? { StopSignal: draft.stopSignal } : {}),
      ...(draft.health ? { Healthcheck: draft.health } : {}),
    },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  };
  const config = blob(mediaTypes.config, Buffer.from(JSON.stringify(file)));
  const manifest: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: descriptor(config),
    layers: [descriptor(layer)],
    annotations: { 'org.opencontainers.image.base.name': draft.base.name },
  };
  return {
    config,
    layers: [layer],
    manifest: blob(mediaTypes.manifest, Buffer.from(JSON.stringify(manifest))),
  };
}
