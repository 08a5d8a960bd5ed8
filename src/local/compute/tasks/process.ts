/**
 * One container as a process: its output by lines, its end, its stop. The process runs in real time, so the waits
 * on it (stop timeout, health check) do too; moving the clock forward must not kill what had no time to answer.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Clock } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import { endMarked, endTree, killGroup, markName } from '../process-tree.ts';
import type { CommandLine } from './command.ts';
import type { Reaper } from './reaper.ts';

interface ProcessOptions {
  readonly command: CommandLine;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reaper: Reaper;
  readonly clock: Clock;
  /** The command only makes a view: signals are for the process inside. */
  readonly inView?: boolean;
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
  const { command, reaper, clock } = options;
  const mark = randomUUID();
  const child = spawn(command.file, command.args, {
    cwd: options.folder,
    env: { ...options.environment, [markName]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal reaches the cloud, which stops its tasks in their own way.
    detached: true,
  });
  // At once: a kill of this process between here and the next event must not leave an orphan.
  if (child.pid !== undefined) reaper.add(child.pid, mark);
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
          void endMarked(mark);
          child.once('close', () =>
            done({ exitCode: code ?? 128 + (signal ? (signalNumbers[signal] ?? 0) : 0) }),
          );
        });
      });
      resolve({
        pid,
        ended,
        async stop(signal, seconds) {
          if (!options.inView || !signalInside(pid, signal)) child.kill(signal);
          const timer = clock.afterReal(seconds * 1000, () => void endTree(pid, mark));
          const end = await ended;
          timer.cancel();
          return end;
        },
      });
    });
  });
}

/** The process that is the first of its own namespace. @returns whether there was one */
function signalInside(pid: number, signal: NodeJS.Signals): boolean {
  try {
    const [inside] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      .trim()
      .split(' ')
      .filter(Boolean);
    return inside !== undefined && process.kill(Number(inside), signal);
  } catch {
    return false;
  }
}

interface CheckOptions extends Omit<ProcessOptions, 'onLine'> {
  /** Until it is killed. */
  readonly seconds: number;
}

export interface CheckResult {
  readonly healthy: boolean;
  /** What it said, or why it could not run. */
  readonly output: string;
}

const longestOutput = 4096;

/** Runs a health check next to the container's process. A command that cannot be started is a failed check. */
export async function runCheck({ seconds, ...options }: CheckOptions): Promise<CheckResult> {
  let output = '';
  const unhealthy = (reason: string) => ({ healthy: false, output: `${output}${reason}`.trim() });
  try {
    const check = await startProcess({
      ...options,
      onLine(text) {
        if (output.length < longestOutput) output += `${text}\n`;
      },
    });
    let late = false;
    const timer = options.clock.afterReal(seconds * 1000, () => {
      late = true;
      killGroup(check.pid, 'SIGKILL');
    });
    const { exitCode } = await check.ended;
    timer.cancel();
    if (late) return unhealthy(`Health check exceeded timeout (${seconds}s)`);
    return { healthy: exitCode === 0, output: output.trim() };
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return unhealthy(
      missing ? `exec: "${options.command.file}": executable file not found in $PATH` : reasonOf(error),
    );
  }
}
