/** The cloud assembly of an app, made by the app's own command once and kept. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { silentHost } from '../../src/core/events.ts';
import { synthesize } from '../../src/deploy/index.ts';
import type { OutsideApp } from './apps.ts';

/** @returns what `slipway up` is given: the folder of the cloud assembly, or the template file */
export async function assemblyOf(app: OutsideApp, folder: string): Promise<string> {
  if (app.kind === 'template' || app.kind === 'sam') return app.source;
  const target = join(folder, app.repository, app.name, 'cdk.out');
  if (existsSync(join(target, 'manifest.json'))) return target;
  if (app.kind !== 'typescript' && app.kind !== 'python')
    throw new Error(`apps in ${app.kind} are not synthesized here`);
  const failure = join(dirname(target), 'not-synthesized.txt');
  if (existsSync(failure)) throw new Error(readFileSync(failure, 'utf8'));
  mkdirSync(dirname(target), { recursive: true });
  prepare(app.source, folder);
  const made = await withTools(folder, () =>
    synthesize({ folder: app.source, accountId: '000000000000', region: 'us-east-1', host: silentHost }),
  ).catch((error: unknown) => {
    writeFileSync(failure, error instanceof Error ? error.message : String(error));
    throw error;
  });
  rmSync(target, { recursive: true, force: true });
  renameSync(made, target);
  return target;
}

/** The app's command finds its tools; what runs afterwards finds the machine's own Python. */
async function withTools<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, {
    PATH: [join(folder, 'node_modules', '.bin'), join(folder, 'venv', 'bin'), before.PATH].join(':'),
    NODE_PATH: join(folder, 'node_modules'),
    TS_NODE_TRANSPILE_ONLY: 'true',
    AWS_REGION: 'us-east-1',
  });
  try {
    return await work();
  } finally {
    process.env = before;
  }
}

/** What `npm install` in the app's folder would leave: a lock file, types where tsconfig looks for them, and its venv. */
function prepare(source: string, folder: string): void {
  if (existsSync(join(source, 'package.json'))) {
    const locks = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'];
    if (!locks.some((name) => existsSync(join(source, name))))
      writeFileSync(join(source, 'package-lock.json'), '{}');
    const types = join(source, 'node_modules', '@types');
    if (!existsSync(types)) {
      mkdirSync(dirname(types), { recursive: true });
      symlinkSync(join(folder, 'node_modules', '@types'), types);
    }
  }
  if (readFileSync(join(source, 'cdk.json'), 'utf8').includes('.venv/') && !existsSync(join(source, '.venv')))
    symlinkSync(join(folder, 'venv'), join(source, '.venv'));
  for (const entry of readdirSync(source, { withFileTypes: true }))
    if (entry.isDirectory() && entry.name !== 'node_modules') installFunctions(join(source, entry.name));
}

/** Function code with a package.json of its own is deployed with its node_modules, as the apps' READMEs say. */
function installFunctions(folder: string): void {
  const names = readdirSync(folder, { withFileTypes: true });
  const has = (name: string) => names.some((entry) => entry.name === name);
  if (has('package.json') && !has('node_modules') && !has('Dockerfile') && !has('cdk.json')) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Readonly<Record<string, string>>;
    };
    const isPage = 'react' in dependencies;
    if (Object.keys(dependencies).length > 0 && !isPage)
      spawnSync(
        'npm',
        ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
        {
          cwd: folder,
        },
      );
  }
  for (const entry of names)
    if (entry.isDirectory() && entry.name !== 'node_modules') installFunctions(join(folder, entry.name));
}
