/** Starts `slipway local` as a process of its own, which ends with this one until it is told to stay. */
import { type ChildProcess, fork } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { prepareStateFolder } from '../local/state-folder.ts';
import { type FromCloud, stay, stopsWithYou } from './parent.ts';
import { findRunning, type RunningCloud } from './running.ts';

export interface Detached {
  readonly running: RunningCloud;
  /** Lets it go on without this process. */
  release(): Promise<void>;
  /** Resolves when its process has ended. */
  stop(): Promise<void>;
}

/** An interrupted start leaves no process behind. */
export async function detach(options: {
  readonly stateDirectory: string;
  readonly port: number | undefined;
  readonly interrupted: AbortSignal;
}): Promise<Detached> {
  prepareStateFolder(resolve(options.stateDirectory));
  const log = join(options.stateDirectory, 'console.log');
  const out = openSync(log, 'w', 0o600);
  const child = fork(
    join(import.meta.dirname, '..', 'bin', 'slipway.mjs'),
    [
      'local',
      ...['--state', options.stateDirectory],
      ...(options.port === undefined ? [] : ['--port', String(options.port)]),
    ],
    { detached: true, execArgv: [], stdio: ['ignore', out, out, 'ipc'] },
  );
  child.send(stopsWithYou);
  const stop = () => stopped(child);
  try {
    await ready(child, log, options.interrupted);
    const running = await findRunning(options.stateDirectory);
    if (!running) throw new SlipwayError('internal', 'the local cloud that was just started does not answer');
    return {
      running,
      release: () =>
        new Promise((resolve) =>
          child.send(stay, () => {
            child.disconnect();
            child.unref();
            resolve();
          }),
        ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const ready = (child: ChildProcess, log: string, interrupted: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    child.once('message', (message) => {
      const said = message as FromCloud;
      if ('ready' in said) return resolve();
      const { code, text, fix } = said.failed;
      reject(new SlipwayError(code, text, fix === undefined ? {} : { fix }));
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(
        new SlipwayError(
          'local.not-running',
          `the local cloud did not start: ${readFileSync(log, 'utf8').trim()}`,
        ),
      ),
    );
    interrupted.addEventListener('abort', () => reject(interrupted.reason), { once: true });
    if (interrupted.aborted) reject(interrupted.reason);
  });

/** It stops by itself when the channel closes; one that hangs is ended. */
async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.connected) child.disconnect();
  const hangs = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(hangs);
}
