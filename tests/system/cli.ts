/** The command line as a user types it: `bin/slipway.mjs` in a folder, with nothing of this process's environment. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param environment what of this process's environment the command finds besides PATH */
export const slipwayIn =
  (folder: () => string, environment: Readonly<Record<string, string | undefined>> = {}) =>
  (...args: readonly string[]): Promise<Outcome> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [program, ...args],
        { cwd: folder(), env: { PATH: process.env.PATH, ...environment }, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
