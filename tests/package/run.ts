/** Runs a program in the folder where the package is installed, with nothing of this process's environment. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';

export const installed = inject('installed');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Within the folder of the project. Default: the folder itself. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export const runNode = (args: readonly string[], { folder = '.', environment = {} }: RunOptions = {}) =>
  new Promise<Outcome>((resolve) => {
    execFile(
      process.execPath,
      [...args],
      {
        cwd: join(installed, folder),
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

export const runSlipway = (...args: readonly string[]) =>
  runNode([join(installed, 'node_modules', '.bin', 'slipway'), ...args]);

/** @returns what the compiler complains about */
export async function compile(
  name: string,
  compilerOptions: object,
  include: readonly string[],
): Promise<string> {
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };
  writeFileSync(
    join(installed, `${name}.json`),
    JSON.stringify({ compilerOptions: { ...strict, target: 'es2022', ...compilerOptions }, include }),
  );
  const tsc = join(installed, 'node_modules', 'typescript', 'bin', 'tsc');
  return (await runNode([tsc, '-p', `${name}.json`])).stdout;
}
