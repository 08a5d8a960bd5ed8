/**
 * One container as a process: its output by lines, its end, its stop. The process runs in real time, so the waits
 * on it (stop timeout, health check) do too; moving the clock forward must not kill what had no time to answer.
 */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { CommandLine } from './command.ts';
import { killGroup, type Reaper } from './reaper.ts';

interface ProcessOptions {
  readonly command: CommandLine;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reaper: Reaper;
  onLine(text: string): void;
}

interface ProcessEnd {
  /** 128 + the signal's number when a signal ended it, as container engines say. */
  readonly exitCode: number;
}

export interface ContainerProcess {
  readonly pid: number;
  /** Resolves when the process has ended and its output was read. */
  readonly ended: Promise<ProcessEnd>;
  /** Signals it, and kills it when it has not ended after `seconds`. */
  stop(signal: NodeJS.Signals, seconds: number): Promise<ProcessEnd>;
}

const signalNumbers: Readonly<Partial<Record<NodeJS.Signals, number>>> = {
  ...{ SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12 },
  SIGTERM: 15,
};

/** @throws when the program cannot be started */
export function startProcess(options: ProcessOptions): Promise<ContainerProcess> {
  const { command, reaper } = options;
  const child = spawn(command.file, command.args, {
    cwd: options.folder,
    env: { ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal reaches the cloud, which stops its tasks in their own way.
    detached: true,
  });
  // At once: a kill of this process between here and the next event must not leave an orphan.
  if (child.pid !== undefined) reaper.add(child.pid);
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', options.onLine);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      const { pid } = child;
      if (pid === undefined) return reject(new Error(`${command.file} has no process id`));
      const ended = new Promise<ProcessEnd>((done) => {
        child.once('exit', (code, signal) => {
          reaper.remove(pid);
          // What it started must not outlive it, nor keep its output open.
          killGroup(pid, 'SIGKILL');
          child.once('close', () =>
            done({ exitCode: code ?? 128 + (signal ? (signalNumbers[signal] ?? 0) : 0) }),
          );
        });
      });
      resolve({
        pid,
        ended,
        async stop(signal, seconds) {
          child.kill(signal);
          const timer = setTimeout(() => killGroup(pid, 'SIGKILL'), seconds * 1000);
          timer.unref();
          const end = await ended;
          clearTimeout(timer);
          return end;
        },
      });
    });
  });
}

/** Runs a health check next to the container's process. @returns whether it exited with 0, and what it said */
export function runCheck(
  command: CommandLine,
  folder: string,
  environment: Readonly<Record<string, string>>,
  seconds: number,
): Promise<{ readonly healthy: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      command.file,
      command.args,
      { cwd: folder, env: { ...environment }, timeout: seconds * 1000, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => resolve({ healthy: error === null, output: `${stdout}${stderr}`.trim() }),
    );
    child.stdin?.end();
  });
}
