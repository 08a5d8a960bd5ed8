/**
 * RUN: what is started, and with which mounts. Secrets, SSH agents and isolation from the network are refused by name, and so
 * are packages of the system that this machine does not have.
 * https://docs.docker.com/reference/dockerfile/#run
 */
import type { SlipwayError } from '../../../core/errors.ts';
import { uvImageVersion } from './base-images.ts';
import { execForm, type Instruction, problem } from './dockerfile.ts';
import { imagePath } from './file-tree.ts';
import { type Draft, earlierStage, filledFlag, type Mount, type Planning, type RunStep } from './planning.ts';
import { installedPackages, systemPackages } from './system-packages.ts';
import { viewsMissing } from './view.ts';
import { expand } from './words.ts';

/** Set by whoever builds, without ARG, and never part of the image. */
const predefined = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

export function planRun(
  instruction: Instruction,
  draft: Draft,
  planning: Planning,
  refused: ((problem: SlipwayError) => void) | undefined,
): RunStep {
  const { line, text } = instruction;
  const { config, args } = draft;
  const refuse = (what: string, fix?: string) => problem(planning.file, line, what, fix);
  const noViews = viewsMissing();
  if (noViews)
    throw refuse(
      `RUN cannot run here: ${noViews}`,
      'build beforehand (for example bundle with esbuild), and COPY the result',
    );
  const env = { ...args, ...Object.fromEntries(config.env) };
  for (const [kind, allowed] of [
    ['network', 'default'],
    ['security', 'sandbox'],
  ] as const) {
    const asked = filledFlag(instruction, kind, env, planning.escapeSign);
    if (asked !== undefined && asked !== allowed && !(kind === 'network' && asked === 'host'))
      throw refuse(`RUN --${kind}=${asked} is not supported`);
  }
  const { command, script } = commandOf(instruction, config.shell);
  const packages = new Map<string, readonly string[]>();
  const missing: string[] = [];
  for (const [name, debian] of installedPackages(script ?? command.join(' '))) {
    const lacking = systemPackages().missing(debian);
    if (lacking.length > 0) missing.push(name);
    else packages.set(name, systemPackages().commands(debian));
  }
  if (missing.length > 0) {
    const error = refuse(
      `RUN installs ${missing.join(', ')}, which this machine does not have`,
      `install ${missing.length === 1 ? 'it' : 'them'} on this machine; Slipway's builds install no packages of the system`,
    );
    if (!refused) throw error;
    refused(error);
  }
  const mounts = instruction.flags
    .filter(([name]) => name === 'mount')
    .map(([, value]) => mountOf(expand(value, env, planning.escapeSign), draft, planning, refuse));
  const proxies = Object.entries(planning.buildArgs).filter(([name]) => predefined.includes(name));
  return {
    kind: 'run',
    line,
    shown: `RUN ${(text || command.join(' ')).replace(/\s+/g, ' ').slice(0, 100)}`,
    command,
    script,
    env: { ...Object.fromEntries(proxies), ...env },
    workdir: config.workdir,
    user: config.user,
    mounts: mounts.filter((mount) => mount !== undefined),
    packages,
  };
}

function commandOf(
  { text, heredocs }: Instruction,
  shell: readonly string[],
): { readonly command: readonly string[]; readonly script: string | undefined } {
  const exec = heredocs.length === 0 ? execForm(text) : undefined;
  if (exec) return { command: exec, script: undefined };
  const [first] = heredocs;
  if (first && heredocs.length === 1 && text.trim() === first.word) {
    if (first.content.startsWith('#!')) return { command: [], script: first.content };
    return { command: [...shell, first.content], script: undefined };
  }
  // The shell reads the documents itself.
  const documents = heredocs.map(({ content, name }) => `\n${content}${name}`).join('');
  return { command: [...shell, `${text}${documents}`], script: undefined };
}

/** https://docs.docker.com/reference/dockerfile/#run---mount */
function mountOf(
  text: string,
  draft: Draft,
  planning: Planning,
  refuse: (what: string, fix?: string) => SlipwayError,
): Mount | undefined {
  const options = new Map(
    text.split(',').map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? ([part, 'true'] as const)
        : ([part.slice(0, equals), part.slice(equals + 1)] as const);
    }),
  );
  const kind = options.get('type') ?? 'bind';
  const given = options.get('target') ?? options.get('dst') ?? options.get('destination');
  const required = ['true', '1'].includes(options.get('required') ?? 'false');
  if (kind === 'secret' || kind === 'ssh') {
    // One that is not required and not given is not mounted; none can be given here.
    if (!required) return undefined;
    throw refuse(`RUN --mount=type=${kind} is not supported: no secret reaches a build here`);
  }
  if (given === undefined) throw refuse(`RUN --mount=type=${kind} needs a target`);
  const target = imagePath(given, draft.config.workdir);
  switch (kind) {
    case 'cache':
      return { kind, target, id: options.get('id') ?? target };
    case 'tmpfs':
      return { kind, target };
    case 'bind': {
      const writable = ['rw', 'readwrite'].some((name) => ['true', '1'].includes(options.get(name) ?? ''));
      const from = options.get('from');
      const path = (options.get('source') ?? options.get('src') ?? '').replace(/^\.?\/+|\/+$/g, '');
      const clean = path === '.' ? '' : path;
      if (from === undefined) {
        if (clean !== '' && !planning.context().has(clean))
          throw refuse(`${clean} is not in the build context (or .dockerignore leaves it out)`);
        return {
          kind,
          target,
          source: { kind: 'context', files: planning.context() },
          path: clean,
          writable,
        };
      }
      const index = earlierStage(from, draft, planning);
      if (index !== undefined) {
        planning.stage(index);
        return { kind, target, source: { kind: 'stage', index }, path: clean, writable };
      }
      const version = uvImageVersion(from);
      if (version === undefined) throw refuse(`RUN --mount=from=${from} names no stage of this file`);
      return { kind, target, source: { kind: 'uv', version }, path: clean, writable };
    }
    default:
      throw refuse(`RUN --mount=type=${kind} is not supported`);
  }
}
