/**
 * The packages that Lambda's runtimes bring along: the AWS SDK for JavaScript, and boto3 for Python. They are taken from
 * the app's folder and from Slipway's, and else fetched once, by npm or pip, into the user's cache folder.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html
 * https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../../core/cache-folder.ts';
import { reasonOf } from '../../../core/events.ts';
import type { Interpreter } from '../interpreters.ts';

/** Where an AWS SDK for JavaScript is: the folders before others are taken first. */
export interface SdkSource {
  readonly key: string;
  /** node_modules folders. */
  readonly folders: readonly string[];
}

export interface BroughtPackages {
  /**
   * The first source that has all of these packages, so that no two copies of the SDK meet in one function.
   * @throws Error that says why they cannot be had
   */
  sdk(names: readonly string[]): Promise<SdkSource>;
  /** A folder with boto3 and what it needs. @throws Error that says why it cannot be had */
  boto(interpreter: Interpreter): Promise<string>;
}

/** Top-level modules of a Python runtime beside the standard library. */
export const pythonModules: readonly string[] = [
  ...['boto3', 'botocore', 's3transfer', 'jmespath', 'dateutil', 'six', 'urllib3'],
  ...['awslambdaric', 'simplejson'],
];

/** Fetched together with whatever is missing, because most functions need no others. */
const common = [
  ...['client-dynamodb', 'lib-dynamodb', 'util-dynamodb', 'client-s3', 's3-request-presigner', 'lib-storage'],
  ...['client-sqs', 'client-sns', 'client-sfn', 'client-eventbridge', 'client-scheduler', 'client-lambda'],
  ...[
    'client-ssm',
    'client-secrets-manager',
    'client-sts',
    'client-kms',
    'client-kinesis',
    'client-firehose',
  ],
  ...['client-cloudwatch', 'client-cloudwatch-logs', 'client-bedrock-runtime', 'client-iot-data-plane'],
  ...['client-apigatewaymanagementapi', 'client-cognito-identity-provider', 'client-sesv2'],
].map((name) => `@aws-sdk/${name}`);

type Tell = (what: string) => void;

/** @param project the folder whose own packages are taken first */
export function createBroughtPackages(project: string, tell: Tell): BroughtPackages {
  const own = (from: string) =>
    (createRequire(from).resolve.paths('@aws-sdk/core') ?? []).filter((folder) => existsSync(folder));
  const sources: SdkSource[] = [
    { key: 'app', folders: own(join(project, 'package.json')) },
    { key: 'slipway', folders: own(import.meta.url) },
  ];
  const fetched = cacheFolder('aws-sdk-js');
  const has = ({ folders }: SdkSource, name: string) =>
    folders.some((folder) => existsSync(join(folder, name, 'package.json')));
  const cached = (): SdkSource[] =>
    (existsSync(fetched) ? readdirSync(fetched) : [])
      .filter((key) => !key.includes('.'))
      .map((key) => ({ key, folders: [join(fetched, key, 'node_modules')] }));
  const bySource = new Map<string, Promise<unknown>>();
  /** One at a time, and none twice. */
  const once = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const known = bySource.get(key) as Promise<T> | undefined;
    if (known) return known;
    const begun = work();
    bySource.set(key, begun);
    begun.catch(() => bySource.delete(key));
    return begun;
  };

  return {
    async sdk(names) {
      const found = () =>
        [...sources, ...cached()].find((source) => names.every((name) => has(source, name)));
      const all = found();
      const first = all ?? (await once(`sdk ${names.join(' ')}`, () => fetchSdk(names, fetched, tell)));
      // What is asked for in a way that cannot be foreseen is still looked for in all of them.
      const others = sources.filter((one) => one.key !== first.key).flatMap((one) => one.folders);
      return { key: first.key, folders: [...first.folders, ...others] };
    },
    boto: (interpreter) =>
      once(`boto ${interpreter.version}`, () => fetchBoto(interpreter, cacheFolder('aws-sdk-python'), tell)),
  };
}

const run = promisify(execFile);
/** ms; a registry that does not answer must not hold a deployment for ever. */
const patience = 300_000;

async function fetchSdk(names: readonly string[], cache: string, tell: Tell): Promise<SdkSource> {
  const wanted = [...new Set([...common, ...names])].sort();
  const key = createHash('sha256').update(wanted.join(' ')).digest('hex').slice(0, 16);
  await fetchInto(join(cache, key), async (folder) => {
    tell(`the AWS SDK for JavaScript (${names.join(', ')}) with npm`);
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', ...options, ...wanted], { cwd: folder, timeout: patience });
  });
  return { key, folders: [join(cache, key, 'node_modules')] };
}

async function fetchBoto({ command, version }: Interpreter, cache: string, tell: Tell): Promise<string> {
  const target = join(cache, version);
  await fetchInto(target, async (folder) => {
    tell(`boto3 for Python ${version} with pip`);
    const install = (...names: readonly string[]) =>
      pip(command, version, ['--target', folder, '--only-binary', ':all:', ...names]);
    // AWS's runtime interface client is there as well; it exists for Linux alone.
    await install('boto3', 'awslambdaric').catch(() => install('boto3', 'simplejson'));
  });
  return target;
}

/** Whichever of them the machine has: an interpreter may come without pip. */
async function pip(python: string, version: string, args: readonly string[]): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  const ways: readonly (readonly string[])[] = [
    [python, '-m', 'pip', 'install', ...quiet, ...args],
    ['uv', 'pip', 'install', '--quiet', '--python-version', version, ...args],
    ['pip3', 'install', ...quiet, '--python-version', version, ...args],
  ];
  const failures: string[] = [];
  for (const [command = '', ...rest] of ways)
    try {
      await run(command, rest, { timeout: patience });
      return;
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      failures.push(stderr?.trim().split('\n').at(-1) || reasonOf(error).split('\n', 1)[0] || '');
    }
  throw new Error(failures[0]);
}

/** A folder that is whole when it is there; two that fetch at once do not meet. */
async function fetchInto(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(target)) return;
  const temporary = `${target}.${randomBytes(4).toString('hex')}`;
  await mkdir(temporary, { recursive: true });
  try {
    await fill(temporary);
    await rename(temporary, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
