/** Runs one RUN step in the view of its image: with the image's variables, user, folder and mounts. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SlipwayError } from '../../../core/errors.ts';
import { type Bind, baseBinds } from './base-files.ts';
import type { BaseImage } from './base-images.ts';
import type { RunStep } from './planning.ts';
import { viewCommand } from './view.ts';

interface RunOptions {
  readonly file: string;
  readonly step: RunStep;
  readonly base: BaseImage;
  readonly root: string;
  /** Folders that stand for the step's mounts, by target. */
  readonly mounts: readonly (Bind & { readonly writable: boolean })[];
  onLine(text: string): void;
}

/** How this machine reaches the package registries: proxies, mirrors and certificates. Not part of the image. */
const ofThisMachine = [
  ...[
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
    'all_proxy',
  ],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'GIT_SSL_CAINFO',
  ],
  ...['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_CERT', 'PIP_TRUSTED_HOST', 'PIP_DEFAULT_TIMEOUT'],
  ...[
    'UV_INDEX_URL',
    'UV_DEFAULT_INDEX',
    'npm_config_registry',
    'NPM_CONFIG_REGISTRY',
    'COREPACK_NPM_REGISTRY',
    'COREPACK_INTEGRITY_KEYS',
  ],
  ...['GOPROXY', 'GONOSUMDB', 'GOFLAGS'],
];

export const machineNetwork = (
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> => ({
  UV_LINK_MODE: 'copy',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  TAR_OPTIONS: '--no-same-owner',
  ...Object.fromEntries(
    ofThisMachine.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
});

const shownLines = 30;

/** @throws SlipwayError with the step's line and its last output when it fails */
export async function runStep(options: RunOptions): Promise<void> {
  const { file, step, base, root } = options;
  const failed = (why: string, tail: readonly string[]) =>
    new SlipwayError(
      'local.image-build-failed',
      [`${file}:${step.line}: ${step.shown}`, ...tail.map((line) => `  ${line}`), why].join('\n'),
    );
  const user = userOf(step.user, root);
  if (!user) throw failed(`unable to find user ${step.user}: no matching entries in passwd file`, []);
  const state = join(root, '.slipway');
  writeFileSync(
    join(state, 'packages'),
    [...step.packages].map(([name, commands]) => `${name} ${commands.join(' ') || '-'}\n`).join(''),
  );
  const script = join(state, 'script');
  if (step.script !== undefined) writeFileSync(script, step.script, { mode: 0o755 });
  const binds = [...baseBinds(base), ...options.mounts];
  for (const { target } of options.mounts) mkdirSync(join(root, target), { recursive: true });
  if (!existsSync(join(root, step.workdir))) mkdirSync(join(root, step.workdir), { recursive: true });
  const { file: program, args } = viewCommand({
    root,
    binds,
    folder: step.workdir,
    user,
    command: step.script === undefined ? step.command : ['/.slipway/script'],
  });
  const child = spawn(program, args, {
    env: { ...machineNetwork(process.env), HOME: user.home, ...step.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      options.onLine(line);
      tail.push(line);
      if (tail.length > shownLines) tail.shift();
    });
  const end = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  rmSync(script, { force: true });
  if (end !== 0)
    throw failed(`the step ended with ${typeof end === 'number' ? `exit code ${end}` : end}`, tail);
}

interface ImageUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** Who an image's USER is, by its own passwd file. @returns undefined when there is nobody of that name */
export function userOf(given: string | undefined, root: string): ImageUser | undefined {
  const [name = '', group] = (given || '0').split(':');
  const lines = (path: string) =>
    existsSync(join(root, path))
      ? readFileSync(join(root, path), 'utf8')
          .split('\n')
          .map((line) => line.split(':'))
      : [];
  const number = /^\d+$/.test(name) ? Number(name) : undefined;
  const entry = lines('etc/passwd').find((line) =>
    number === undefined ? line[0] === name : Number(line[2]) === number,
  );
  if (!entry && number === undefined) return name === 'root' ? { uid: 0, gid: 0, home: '/root' } : undefined;
  const uid = number ?? Number(entry?.[2]);
  const ownGroup = Number(entry?.[3] ?? 0);
  const gid =
    group === undefined
      ? ownGroup
      : /^\d+$/.test(group)
        ? Number(group)
        : Number(lines('etc/group').find((line) => line[0] === group)?.[2] ?? Number.NaN);
  if (Number.isNaN(gid)) return undefined;
  return { uid, gid, home: entry?.[5] || (uid === 0 ? '/root' : '/') };
}
