/**
 * What a Dockerfile asks for, before anything is built: each stage's configuration and its steps, with variables
 * filled in. What cannot be done is found here and refused by name, with its line.
 * https://docs.docker.com/reference/dockerfile/
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import { type BaseImage, baseImage, standIn, titles } from './base-images.ts';
import {
  type Dockerfile,
  execForm,
  type Instruction,
  parseDockerfile,
  problem,
  type Stage,
} from './dockerfile.ts';
import { dockerignore } from './dockerignore.ts';
import { contextTree, type FileTree, imagePath } from './file-tree.ts';
import { healthcheck } from './healthcheck.ts';
import { planCopy } from './plan-copy.ts';
import { planRun } from './plan-run.ts';
import type { Draft, Planning, StageConfig, StagePlan } from './planning.ts';
import { viewsMissing } from './view.ts';
import { assignments, expand, MissingVariable, type Variables } from './words.ts';

export interface BuildOptions {
  /** The build context. */
  readonly directory: string;
  /** Relative to the context; default `Dockerfile`. */
  readonly dockerFile?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
  /** Stage to build; default the last. */
  readonly target?: string | undefined;
  /** `linux/arm64`; kept in the configuration. Programs run on this machine's processor. */
  readonly platform?: string | undefined;
}

export interface ImagePlan {
  readonly file: string;
  readonly target: StagePlan;
  /** By stage; only those that the target needs. */
  readonly stages: ReadonlyMap<number, StagePlan>;
  readonly architecture: string;
  /** Some instruction names it. */
  readonly usesYarn: boolean;
  /** Interpreters of other versions than the base images', said to the user. */
  readonly standIns: readonly string[];
}

/**
 * @param refused told each instruction that cannot be followed, and the next ones are looked at; absent: the first
 * one throws
 */
export function planImage(options: BuildOptions, refused?: (problem: SlipwayError) => void): ImagePlan {
  const directory = resolve(options.directory);
  const file = resolve(directory, options.dockerFile ?? 'Dockerfile');
  if (!existsSync(file))
    throw new SlipwayError('local.container-unsupported', `there is no ${file} to build the image from`);
  const [os = 'linux', architecture = 'amd64'] = (options.platform ?? ownPlatform).split('/');
  if (os !== 'linux')
    throw new SlipwayError('local.container-unsupported', `the platform ${options.platform} is not Linux`);
  const dockerfile = parseDockerfile(readFileSync(file, 'utf8'), file);
  const buildArgs = options.buildArgs ?? {};
  const platformArgs = platformVariables(`linux/${architecture}`, options.target);
  let files: FileTree | undefined;
  const plans = new Map<number, StagePlan>();
  const onBuild = new Map<number, readonly Instruction[]>();
  const standIns = new Set<string>();
  const planning: Planning = {
    file,
    escapeSign: dockerfile.escapeSign,
    context: () => {
      files ??= contextTree(directory, ignoredFiles(directory, file));
      return files;
    },
    buildArgs,
    platformArgs,
    globals: globalArgs(dockerfile, buildArgs, platformArgs),
    dockerfile,
    stage(index) {
      const known = plans.get(index);
      if (known) return known;
      const stage = dockerfile.stages[index];
      if (!stage) throw problem(file, 1, `there is no stage ${index}`);
      const { plan, triggers } = planStage(stage, index, planning, onBuild, refused);
      onBuild.set(index, triggers);
      plans.set(index, plan);
      const said = standIn(plan.base)?.said;
      if (said) standIns.add(said);
      return plan;
    },
  };
  const target = planning.stage(targetStage(dockerfile, options.target, file));
  const texts = dockerfile.stages.flatMap(({ instructions }) => instructions.map(({ text }) => text));
  const usesYarn = texts.some((text) => /\byarn\b/.test(text.replaceAll('yarn.lock', '')));
  return { file, target, stages: plans, architecture, usesYarn, standIns: [...standIns] };
}

const ownPlatform = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';

/** https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope */
function platformVariables(platform: string, target: string | undefined): Record<string, string> {
  const of = (name: string, value: string) => {
    const [os = '', architecture = '', variant = ''] = value.split('/');
    return {
      [`${name}PLATFORM`]: value,
      [`${name}OS`]: os,
      [`${name}ARCH`]: architecture,
      [`${name}VARIANT`]: variant,
    };
  };
  return { ...of('TARGET', platform), ...of('BUILD', ownPlatform), TARGETSTAGE: target || 'default' };
}

/** https://docs.docker.com/build/concepts/context/#filename-and-location */
function ignoredFiles(directory: string, file: string): (path: string) => boolean {
  const ignore = [`${file}.dockerignore`, join(directory, '.dockerignore')].find((one) => existsSync(one));
  // The Dockerfile and the ignore file are not sent along, as the classic builder has it: a comment in them is no
  // reason for another image.
  return dockerignore(ignore ? `${readFileSync(ignore, 'utf8')}\n${basename(file)}\n.dockerignore` : '');
}

function globalArgs(dockerfile: Dockerfile, buildArgs: Variables, platformArgs: Variables): Variables {
  const values: Record<string, string> = {};
  for (const { text } of dockerfile.globals)
    for (const [name, value] of assignments(text, dockerfile.escapeSign)) {
      const given =
        buildArgs[name] ??
        (value === undefined
          ? platformArgs[name]
          : expand(value, { ...platformArgs, ...values }, dockerfile.escapeSign));
      if (given !== undefined) values[name] = given;
    }
  return values;
}

function targetStage({ stages }: Dockerfile, target: string | undefined, file: string): number {
  if (target === undefined || target === '') return stages.length - 1;
  const index = stages.findIndex((stage, at) => stage.name === target.toLowerCase() || String(at) === target);
  if (index >= 0) return index;
  throw problem(file, 1, `there is no stage named ${target}`);
}

function planStage(
  stage: Stage,
  index: number,
  planning: Planning,
  onBuild: ReadonlyMap<number, readonly Instruction[]>,
  refused: ((problem: SlipwayError) => void) | undefined,
): { plan: StagePlan; triggers: readonly Instruction[] } {
  const from = origin(stage, index, planning);
  const parent = typeof from === 'number' ? planning.stage(from) : undefined;
  const base = parent?.base ?? (from as BaseImage);
  const draft: Draft = {
    index,
    base,
    config: parent ? copyOf(parent.config) : configOf(base),
    args: {},
    steps: [],
    onBuild: [],
  };
  const inherited = typeof from === 'number' ? (onBuild.get(from) ?? []) : [];
  for (const instruction of [...inherited, ...stage.instructions])
    try {
      apply(instruction, draft, planning, refused);
    } catch (error) {
      const known =
        error instanceof MissingVariable ? problem(planning.file, instruction.line, error.message) : error;
      if (!refused || !(known instanceof SlipwayError)) throw known;
      refused(known);
    }
  const { config, steps, onBuild: triggers } = draft;
  return { plan: { from, base, steps, config }, triggers };
}

function origin(stage: Stage, index: number, planning: Planning): number | BaseImage {
  const name = expand(stage.base, { ...planning.platformArgs, ...planning.globals }, planning.escapeSign);
  const earlier = planning.dockerfile.stages
    .slice(0, index)
    .findIndex((one) => one.name === name.toLowerCase());
  if (earlier >= 0) return earlier;
  const base = baseImage(name);
  if (!base)
    throw problem(
      planning.file,
      stage.line,
      `the base image ${name} is not known: this machine cannot stand in for it`,
      'known are node, python, golang, debian, ubuntu, alpine, amazonlinux, scratch, distroless and public.ecr.aws/lambda/{nodejs,python,provided}',
    );
  const { language } = base;
  const noViews = viewsMissing();
  if (noViews && language?.name !== 'nodejs')
    throw problem(planning.file, stage.line, `the base image ${name} cannot be stood in for: ${noViews}`);
  if (language && !standIn(base))
    throw problem(
      planning.file,
      stage.line,
      `the base image ${name} needs ${titles[language.name]}, and this machine has none`,
    );
  return base;
}

const configOf = (base: BaseImage): StageConfig => ({
  env: new Map(Object.entries(base.env)),
  labels: new Map(),
  ports: new Set(),
  volumes: new Set(),
  entrypoint: base.entrypoint,
  cmd: base.cmd,
  workdir: base.workdir,
  shell: ['/bin/sh', '-c'],
  ...(base.user === undefined ? {} : { user: base.user }),
});

const copyOf = (config: StageConfig): StageConfig => ({
  ...config,
  env: new Map(config.env),
  labels: new Map(config.labels),
  ports: new Set(config.ports),
  volumes: new Set(config.volumes),
});

const allowedFlags: Readonly<Record<string, readonly string[]>> = {
  COPY: ['chown', 'chmod', 'from', 'link'],
  ADD: ['chown', 'chmod', 'link'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  RUN: ['mount', 'network', 'security'],
};

function apply(
  instruction: Instruction,
  draft: Draft,
  planning: Planning,
  refused: ((problem: SlipwayError) => void) | undefined,
): void {
  const { name, line, text } = instruction;
  const { config, args } = draft;
  const { escapeSign } = planning;
  const refuse = (what: string, fix?: string) => problem(planning.file, line, what, fix);
  const variables = { ...args, ...Object.fromEntries(config.env) };
  const filled = (value: string) => expand(value, variables, escapeSign);
  const words = () => (execForm(text) ?? text.split(/\s+/).filter(Boolean)).map(filled);
  const command = () => execForm(text) ?? [...config.shell, text];
  const unknown = instruction.flags.map(([one]) => one).filter((one) => !allowedFlags[name]?.includes(one));
  if (unknown.length > 0) throw refuse(`${name} --${unknown.join(', --')} is not supported`);
  switch (name) {
    case 'ARG':
      for (const [key, value] of assignments(text, escapeSign)) {
        const given =
          planning.buildArgs[key] ??
          (value === undefined ? (planning.globals[key] ?? planning.platformArgs[key]) : filled(value));
        if (given !== undefined) args[key] = given;
      }
      return;
    case 'ENV':
      for (const [key, value] of pairs(text, escapeSign)) config.env.set(key, filled(value));
      return;
    case 'LABEL':
      for (const [key, value] of pairs(text, escapeSign)) config.labels.set(filled(key), filled(value));
      return;
    case 'WORKDIR':
      config.workdir = imagePath(filled(text), config.workdir);
      if (config.workdir !== '/') draft.steps.push({ kind: 'folder', path: config.workdir.slice(1) });
      return;
    case 'COPY':
    case 'ADD':
      draft.steps.push(planCopy(instruction, variables, draft, planning));
      return;
    case 'RUN':
      draft.steps.push(planRun(instruction, draft, planning, refused));
      return;
    case 'SHELL': {
      const shell = execForm(text);
      if (!shell || shell.length === 0) throw refuse('SHELL takes a list in JSON form');
      config.shell = shell;
      return;
    }
    case 'CMD':
      config.cmd = command();
      return;
    case 'ENTRYPOINT':
      config.entrypoint = command();
      // https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
      if (config.cmd === draft.base.cmd) config.cmd = undefined;
      return;
    case 'EXPOSE':
      for (const port of words()) config.ports.add(port.includes('/') ? port : `${port}/tcp`);
      return;
    case 'USER':
      config.user = filled(text.trim());
      return;
    case 'STOPSIGNAL':
      config.stopSignal = filled(text.trim());
      return;
    case 'VOLUME':
      for (const volume of words()) config.volumes.add(volume);
      return;
    case 'HEALTHCHECK': {
      const read = healthcheck(instruction, config.shell);
      if (typeof read === 'string') throw refuse(read);
      config.health = read;
      return;
    }
    case 'MAINTAINER':
      config.labels.set('maintainer', text);
      return;
    case 'ONBUILD': {
      const [first = ''] = text.split(/\s/, 1);
      if (/^(ONBUILD|FROM|MAINTAINER)$/i.test(first)) throw refuse(`ONBUILD ${first} is not allowed`);
      const [trigger] = parseDockerfile(`FROM scratch\n${text}`, planning.file).stages[0]?.instructions ?? [];
      if (trigger) draft.onBuild.push({ ...trigger, line });
      return;
    }
    default:
      throw refuse(`${name} is not supported`);
  }
}

/** `A=1 B="two words"`, or the old form `A two words`. */
function pairs(text: string, escapeSign: string): [string, string][] {
  const [first = ''] = text.split(/\s/, 1);
  if (!first.includes('=')) return [[first, text.slice(first.length).trim()]];
  return assignments(text, escapeSign).map(([key, value]) => [key, value ?? '']);
}
