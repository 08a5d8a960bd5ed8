/** Starts `slipway local` as a process of its own and waits until it answers. */
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { prepareStateFolder } from '../local/state-folder.ts';
import { findRunning, type RunningCloud } from './running.ts';

export async function detach(options: {
  readonly stateDirectory: string;
  readonly port: number | undefined;
}): Promise<RunningCloud> {
  prepareStateFolder(resolve(options.stateDirectory));
  const log = join(options.stateDirectory, 'console.log');
  const out = openSync(log, 'w', 0o600);
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', 'bin', 'slipway.mjs'),
      'local',
      '--state',
      options.stateDirectory,
      ...(options.port === undefined ? [] : ['--port', String(options.port)]),
    ],
    { detached: true, stdio: ['ignore', out, out] },
  );
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.unref();
  for (let attempt = 0; attempt < 200; attempt++) {
    const running = await findRunning(options.stateDirectory);
    if (running) return running;
    const code = await Promise.race([exited, sleep(50)]);
    if (code !== undefined)
      throw new SlipwayError(
        'local.not-running',
        `the local cloud did not start: ${readFileSync(log, 'utf8').trim()}`,
      );
  }
  throw new SlipwayError(
    'local.not-running',
    `the local cloud did not answer within 10 s; its output is in ${log}`,
  );
}

const sleep = (ms: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms));
