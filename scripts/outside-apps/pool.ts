/** Tries apps in processes of their own, a few at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import type { OutsideApp } from './apps.ts';
import type { Tried } from './outcome.ts';
import type { Task } from './worker.ts';

export interface PoolOptions {
  /** The bundled worker. */
  readonly script: string;
  readonly folder: string;
  readonly processes: number;
  /** After it an app counts as hanging. */
  readonly seconds: number;
}

export async function tryAll(
  apps: readonly OutsideApp[],
  { script, folder, processes, seconds }: PoolOptions,
  done: (app: OutsideApp, tried: Tried) => void,
): Promise<void> {
  const queue = [...apps];
  await Promise.all(
    Array.from({ length: processes }, async () => {
      let worker: ChildProcess | undefined;
      for (let app = queue.shift(); app !== undefined; app = queue.shift()) {
        // A process group of its own, so that what it started is ended with it.
        worker ??= fork(script, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
        const tried = await ask(worker, { app, folder }, seconds);
        if (worker.exitCode !== null || worker.signalCode !== null) worker = undefined;
        done(app, tried);
      }
      worker?.disconnect();
    }),
  );
}

function ask(worker: ChildProcess, task: Task, seconds: number): Promise<Tried> {
  return new Promise((resolve) => {
    let said = '';
    let hung = false;
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    };
    const finish = (tried: Tried) => {
      clearTimeout(timer);
      worker.off('message', finish).off('exit', ended);
      worker.stdout?.off('data', listen);
      worker.stderr?.off('data', listen);
      resolve(tried);
    };
    const ended = (code: number | null, signal: string | null) => {
      const why = hung ? `no end after ${seconds} s` : `the process ended (${signal ?? code}): ${said}`;
      finish({ result: 'wrong', blockers: [], why });
    };
    const timer = setTimeout(() => {
      hung = true;
      if (worker.pid !== undefined) process.kill(-worker.pid, 'SIGKILL');
    }, seconds * 1000);
    worker.on('message', finish).on('exit', ended);
    worker.stdout?.on('data', listen);
    worker.stderr?.on('data', listen);
    worker.send(task);
  });
}
