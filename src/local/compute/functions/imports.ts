/**
 * What a function's bundle asks for and would not find, by language. A function that surely cannot be loaded is refused
 * when it is deployed, instead of failing for a user later.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../../core/events.ts';
import { type BroughtPackages, pythonModules, type SdkSource } from './brought-packages.ts';
import { type BundleImports, type MissingModule, nodeImports } from './node-imports.ts';
import { pythonImportsFile } from './runtime-file.ts';
import { findRuntime, type RunnableRuntime } from './runtimes.ts';

export interface Bundle {
  readonly runtime: string;
  readonly handler: string;
  /** The folder of its code. */
  readonly task: string;
  /** The folders of its layers, as they will be under /opt. */
  readonly layers: readonly string[];
}

const none: BundleImports = { missing: [], lazy: [], brought: [], wrong: [] };

export async function importsOf(bundle: Bundle, runtime: RunnableRuntime): Promise<BundleImports> {
  const { task, layers, handler } = bundle;
  switch (runtime.language) {
    case 'nodejs':
      return nodeImports({ task, layers, handler, version: /\d+/.exec(bundle.runtime)?.[0] ?? '' });
    case 'python':
      return pythonImports(bundle, runtime.interpreter?.command ?? 'python3');
    default:
      return bootstrapImports([task, ...layers]);
  }
}

function bootstrapImports(folders: readonly string[]): BundleImports {
  const file = folders.map((folder) => join(folder, 'bootstrap')).find((path) => existsSync(path));
  if (file === undefined)
    return { ...none, wrong: ["Couldn't find valid bootstrap(s): the bundle has no such file"] };
  const built = machineOf(file);
  const here = process.arch;
  return built === undefined || built === here
    ? none
    : { ...none, wrong: [`the bundle's bootstrap was built for ${built}, and this machine is ${here}`] };
}

/** By the number in the header of an executable. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const machines: ReadonlyMap<number, string> = new Map([
  [3, 'ia32'],
  [40, 'arm'],
  [62, 'x64'],
  [183, 'arm64'],
]);

/** The processor that an executable was built for, in Node's words; undefined of a script. */
function machineOf(file: string): string | undefined {
  const head = Buffer.alloc(20);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (head.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const machine = head.readUInt16LE(18);
  return machines.get(machine) ?? `machine ${machine}`;
}

function pythonImports({ task, layers, handler }: Bundle, command: string): Promise<BundleImports> {
  const jobs = [{ task, layers, handler, brought: pythonModules }];
  return new Promise((resolve) => {
    const unread = (reason: string) =>
      resolve({ ...none, wrong: [`${command} could not read the bundle: ${reason}`] });
    const child = spawn(command, ['-S', pythonImportsFile()], {
      env: { PATH: process.env.PATH },
      timeout: 60_000,
    });
    let told = '';
    let failed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      failed += text;
    });
    child.on('error', ({ message }) => unread(message));
    child.on('close', () => {
      try {
        resolve((JSON.parse(told) as BundleImports[])[0] ?? none);
      } catch {
        unread(failed);
      }
    });
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(jobs));
  });
}

/** What a bundle gets from outside of it. */
export interface Supplied {
  readonly sdk?: SdkSource;
  readonly brought?: string;
}

/** Fetches what the runtime brings along and the bundle asks for. */
export async function supply(
  runtime: RunnableRuntime,
  { brought }: BundleImports,
  packages: BroughtPackages,
): Promise<{ readonly supplied: Supplied; readonly problems: readonly string[] }> {
  try {
    if (runtime.language === 'nodejs')
      return { supplied: { sdk: await packages.sdk(brought) }, problems: [] };
    if (runtime.language === 'python' && runtime.interpreter && brought.length > 0)
      return { supplied: { brought: await packages.boto(runtime.interpreter) }, problems: [] };
    return { supplied: {}, problems: [] };
  } catch (error) {
    const problem = `the code imports ${brought.join(', ')}, which Lambda's own runtime brings along; it could not be fetched (${reasonOf(error).trim()}). Put it into the bundle, install it in the folder that Slipway runs in, or connect to the registry once`;
    return { supplied: {}, problems: [problem] };
  }
}

/** Why a function could not be loaded here: texts for its developer. */
export const problemsOf = ({ missing, wrong }: BundleImports): string[] => [
  ...wrong,
  ...missing.map(missingText),
];

/** The same of a bundle that is not deployed yet. */
export async function bundleProblems(bundle: Bundle, packages: BroughtPackages): Promise<string[]> {
  const runtime = findRuntime(bundle.runtime);
  if (typeof runtime === 'string') return [];
  const imports = await importsOf(bundle, runtime);
  return [...problemsOf(imports), ...(await supply(runtime, imports, packages)).problems];
}

const missingText = ({ module, file, line, built }: MissingModule): string =>
  built === undefined
    ? `${file}:${line} imports ${module}, which is neither in the bundle nor in a layer, and Lambda's runtime does not bring it along`
    : `${file}:${line} imports ${module}, which the bundle has as ${built}: built for another version or system than this machine's`;
