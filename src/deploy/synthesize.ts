/**
 * Runs a CDK app the way the CDK CLI does: cdk.json's `build`, then its `app` with CDK_OUTDIR and CDK_CONTEXT_JSON.
 * What the app prints and how it fails is the app's own: it is passed on, not interpreted.
 * https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import type { ContextAnswers, ContextQuery } from '../template/context-queries.ts';
import { missingContext } from '../template/index.ts';
import { explainFailure, refuseCdk1, toolFolders, virtualEnvironment } from './app-languages.ts';

interface SynthesizeOptions {
  /** Folder with cdk.json. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
  /** Answers what the app asks for. Default: it gets the CDK's dummies. */
  lookUp?(queries: readonly ContextQuery[]): Promise<ContextAnswers>;
  /** Added to cdk.json's context, as `cdk -c key=value`. */
  readonly context?: Readonly<Record<string, string>>;
  readonly host: Host;
  /** A program that apps run in place of docker. Default: docker. */
  readonly docker?: string | undefined;
  /** Ends the app's command and what it has started. */
  readonly interrupted?: AbortSignal;
}

interface CdkJson {
  readonly app?: string;
  readonly build?: string;
  readonly output?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** @returns the folder of the cloud assembly */
export async function synthesize(options: SynthesizeOptions): Promise<string> {
  const { folder, host } = options;
  refuseCdk1(folder);
  const config = await readJson<CdkJson>(join(folder, 'cdk.json'));
  if (!config.app)
    throw new SlipwayError('app.synth-failed', `${join(folder, 'cdk.json')} has no "app"`, {
      fix: 'add the command that runs the app, e.g. "app": "node --import tsx infra/app.ts"',
    });
  const output = join(folder, config.output ?? 'cdk.out');
  const environment = {
    ...process.env,
    ...virtualEnvironment(folder),
    PATH: [...toolFolders(folder), process.env.PATH].join(delimiter),
    ...(options.docker === undefined ? {} : { CDK_DOCKER: options.docker }),
  };
  if (config.build) {
    host.notify({ name: 'synth.build', data: { command: config.build } });
    await run(config.build, folder, environment, options);
  }
  host.notify({ name: 'synth.started', data: { command: config.app } });
  const given = {
    // The CLI's own defaults for these keys.
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': false,
    'aws:cdk:bundling-stacks': ['**'],
    ...config.context,
    ...(await readCachedContext(folder)),
    ...Object.fromEntries(
      Object.entries(options.context ?? {}).map(([key, text]) => [key, contextValue(key, text)]),
    ),
  };
  let answers: Readonly<Record<string, unknown>> = {};
  for (;;) {
    await run(
      config.app,
      folder,
      {
        ...environment,
        CDK_OUTDIR: output,
        CDK_DEFAULT_ACCOUNT: options.accountId,
        CDK_DEFAULT_REGION: options.region,
        // The CDK's own check of the finished template takes longer than the synthesis; the deployment checks it anyway.
        CDK_VALIDATION: process.env.CDK_VALIDATION ?? 'false',
        CDK_CONTEXT_JSON: JSON.stringify({ ...answers, ...given }),
      },
      options,
    );
    const asked = options.lookUp ? await missingContext(output) : [];
    const fresh = asked.filter(({ key }) => !Object.hasOwn(answers, key));
    if (!options.lookUp || fresh.length === 0) return output;
    // An app asks for more when it knows the first: it is run again. The answers are this cloud's alone, so they are
    // not written to cdk.context.json, from which a deployment to AWS would take them.
    const { found, refused } = await options.lookUp(fresh);
    if (refused.length > 0) throw notFound(refused);
    answers = { ...answers, ...found };
  }
}

function notFound(refused: ContextAnswers['refused']): SlipwayError {
  const lines = refused.map(({ key, provider, why }) => `  ${key} (${provider}): ${why}`);
  return new SlipwayError(
    'app.synth-failed',
    `the app looks up what the local cloud does not have:\n${lines.join('\n')}`,
    {
      fix: `give each of them a value: --context '${refused[0]?.key}=JSON', or under "context" in cdk.json, or in cdk.context.json (cdk synth with credentials for the account writes it)`,
    },
  );
}

/** What the CDK CLI looked up on AWS and keeps beside cdk.json. */
async function readCachedContext(folder: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(join(folder, 'cdk.context.json'))) return {};
  return readJson<Readonly<Record<string, unknown>>>(join(folder, 'cdk.context.json'));
}

/** The answer to a look-up is an object or a list; all else that is given on a command line is text. */
function contextValue(key: string, text: string): unknown {
  if (!/^[\w-]+:.*account=/.test(key) || !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SlipwayError('cli.usage', `the context ${key} is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function readJson<T>(file: string): Promise<T> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    throw new SlipwayError('app.synth-failed', `${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function run(
  command: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  { host, interrupted }: SynthesizeOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      cwd: folder,
      env,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own where it is ended here, so that everything that the shell starts ends too.
      detached: interrupted !== undefined && process.platform !== 'win32',
    });
    const end = () => endGroup(child);
    interrupted?.addEventListener('abort', end, { once: true });
    if (interrupted?.aborted) end();
    let tail = '';
    const pass = (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-4000);
      host.notify({ name: 'synth.output', data: { text: chunk.toString() } });
    };
    child.stdout.on('data', pass);
    child.stderr.on('data', pass);
    child.once('error', (error) => reject(failed(command, error.message, '', folder)));
    child.once('close', (code, signal) => {
      interrupted?.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(failed(command, signal ? `signal ${signal}` : `exit code ${code}`, tail, folder));
    });
  });
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGTERM');
    else child.kill();
  } catch {
    // It has ended meanwhile.
  }
}

const failed = (command: string, how: string, tail: string, folder: string) =>
  new SlipwayError(
    'app.synth-failed',
    `the app's own command failed (${how}): ${command}${tail ? `\n\n${tail.trimEnd()}` : ''}`,
    {
      fix:
        explainFailure(folder, tail) ??
        'this error comes from the app, not from Slipway: run the command in its folder and fix what it reports',
    },
  );
