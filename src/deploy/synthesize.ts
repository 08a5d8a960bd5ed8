/**
 * Runs a CDK app the way the CDK CLI does: cdk.json's `build`, then its `app` with CDK_OUTDIR and CDK_CONTEXT_JSON.
 * What the app prints and how it fails is the app's own: it is passed on, not interpreted.
 * https://docs.aws.amazon.com/cdk/v2/guide/cli.html
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';

interface SynthesizeOptions {
  /** Folder with cdk.json. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
  /** Added to cdk.json's context, as `cdk -c key=value`. */
  readonly context?: Readonly<Record<string, string>>;
  readonly host: Host;
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
  const config = await readCdkJson(folder);
  if (!config.app)
    throw new SlipwayError('app.synth-failed', `${join(folder, 'cdk.json')} has no "app"`, {
      fix: 'add the command that runs the app, e.g. "app": "node --import tsx infra/app.ts"',
    });
  const output = join(folder, config.output ?? 'cdk.out');
  const environment = {
    ...process.env,
    PATH: [join(folder, 'node_modules', '.bin'), ...ancestors(folder), process.env.PATH].join(delimiter),
  };
  if (config.build) {
    host.notify({ name: 'synth.build', data: { command: config.build } });
    await run(config.build, folder, environment, options);
  }
  host.notify({ name: 'synth.started', data: { command: config.app } });
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
      CDK_CONTEXT_JSON: JSON.stringify({
        // The CLI's own defaults for these keys.
        'aws:cdk:enable-path-metadata': true,
        'aws:cdk:enable-asset-metadata': true,
        'aws:cdk:version-reporting': false,
        'aws:cdk:bundling-stacks': ['**'],
        ...config.context,
        ...options.context,
      }),
    },
    options,
  );
  return output;
}

async function readCdkJson(folder: string): Promise<CdkJson> {
  try {
    return JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8')) as CdkJson;
  } catch (error) {
    throw new SlipwayError(
      'app.synth-failed',
      `${join(folder, 'cdk.json')} cannot be read: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Workspaces keep their tools in the root's node_modules/.bin. */
function ancestors(folder: string): string[] {
  const bins: string[] = [];
  for (let at = join(folder, '..'); at !== join(at, '..'); at = join(at, '..'))
    bins.push(join(at, 'node_modules', '.bin'));
  return bins;
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
    child.once('error', (error) => reject(failed(command, error.message, '')));
    child.once('close', (code, signal) => {
      interrupted?.removeEventListener('abort', end);
      if (code === 0) resolve();
      else reject(failed(command, signal ? `signal ${signal}` : `exit code ${code}`, tail));
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

const failed = (command: string, how: string, tail: string) =>
  new SlipwayError(
    'app.synth-failed',
    `the app's own command failed (${how}): ${command}${tail ? `\n\n${tail.trimEnd()}` : ''}`,
    {
      fix: 'this error comes from the app, not from Slipway: run the command in its folder and fix what it reports',
    },
  );
