/**
 * What a process has started: how much memory it all holds, and its end. A child may lead a group or a session of its
 * own, so that ending the parent's group is not enough; it is found by its parent, and one whose parent has ended by a
 * mark that it inherited in its environment. A child that has given up both is not found: only a process namespace
 * would hold it. The mark is looked for on Linux alone.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { Clock } from '../../core/clock.ts';

/** The environment variable that carries the mark. */
export const markName = 'SLIPWAY_ENVIRONMENT';

interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly residentBytes: number;
}

const linux = process.platform === 'linux';
const isPid = (name: string) => /^\d+$/.test(name);

/** Every process of this machine that can be seen. */
function listProcesses(): ProcessEntry[] {
  if (!linux) return listByPs();
  return readdirSync('/proc')
    .filter(isPid)
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        // The second field, the name, may hold blanks and parentheses.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [
          { pid: Number(name), parent: Number(fields[1]), residentBytes: Number(fields[21]) * pageBytes },
        ];
      } catch {
        return [];
      }
    });
}

function listByPs(): ProcessEntry[] {
  try {
    const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => {
      const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, residentBytes: kilobytes * 1024 };
    });
  } catch {
    return [];
  }
}

/** The kernel counts memory in pages, whose size it does not tell in /proc: our own resident memory tells it. */
const pageBytes = linux ? measuredPage() : 4096;
function measuredPage(): number {
  try {
    const kilobytes = Number(/^VmSize:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
    const pages = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[0]);
    return 2 ** Math.round(Math.log2((kilobytes * 1024) / pages));
  } catch {
    return 4096;
  }
}

function below(root: number, all: readonly ProcessEntry[]): ProcessEntry[] {
  const found: ProcessEntry[] = [];
  const reached = new Set([root]);
  for (let more = true; more; ) {
    more = false;
    for (const entry of all)
      if (reached.has(entry.parent) && !reached.has(entry.pid)) {
        reached.add(entry.pid);
        found.push(entry);
        more = true;
      }
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Each function and task leads a process group, so that what it started ends with it. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

/** Kills the process, its group, what they started, and whatever carries the mark. Resolves when nothing is left. */
export async function endTree(pid: number, mark: string): Promise<void> {
  const descendants = below(pid, listProcesses());
  killGroup(pid, 'SIGKILL');
  kill(pid);
  for (const entry of descendants) kill(entry.pid);
  await endMarked(mark);
}

let asked: { readonly marks: string[]; readonly done: Promise<void> } | undefined;

/** Kills what carries the mark in its environment. Marks of the same moment are looked for together. */
export function endMarked(mark: string): Promise<void> {
  if (!linux) return Promise.resolve();
  if (!asked) {
    const marks: string[] = [];
    const done = (async () => {
      await new Promise(setImmediate);
      asked = undefined;
      await search(marks);
    })();
    asked = { marks, done };
  }
  asked.marks.push(mark);
  return asked.done;
}

/** A child may start another while it is looked for: until a round finds none. */
async function search(marks: readonly string[]): Promise<void> {
  for (let round = 0; round < 100; round++) {
    let found = false;
    for (const name of await readdir('/proc')) {
      if (!isPid(name)) continue;
      const environment = await readFile(`/proc/${name}/environ`).catch(() => undefined);
      if (!environment || !marks.some((mark) => environment.includes(mark))) continue;
      found = true;
      kill(Number(name));
    }
    if (!found) return;
    await new Promise(setImmediate);
  }
}

interface Watched {
  /** Of the process that runs the code; undefined until it is there. */
  leader(): number | undefined;
  /** Bytes. */
  readonly limit: number;
  readonly over: () => void;
  peak: number;
}

export interface MemoryWatch {
  /** @returns whether the process is over its limit, or was since the last look */
  look(): boolean;
  /** Bytes, the most that was seen. */
  readonly peak: number;
  /** Looks from time to time, until paused. */
  resume(): void;
  pause(): void;
}

export interface MemoryWatcher {
  /**
   * Calls `over` once the process and what it has started hold more than `limit` bytes.
   * @param above how many processes are between `pid` and the one that runs the code, `pid` included
   */
  watch(pid: number, limit: number, over: () => void, above?: number): MemoryWatch;
}

/** ms; what comes and goes in between is found by the process's own record of its peak. */
const interval = 100;
/** All processes of the machine are listed less often. */
const listEvery = linux ? 5 : 10;

export function createMemoryWatcher(clock: Pick<Clock, 'afterReal'>): MemoryWatcher {
  const watched = new Set<Watched>();
  let ticking = false;
  let ticks = 0;

  function tick(): void {
    ticking = watched.size > 0;
    if (!ticking) return;
    clock.afterReal(interval, tick);
    const all = ticks++ % listEvery === 0 ? listProcesses() : undefined;
    for (const one of watched) {
      const pid = one.leader();
      if (pid === undefined) continue;
      const started = all ? below(pid, all) : [];
      const children = started.reduce((sum, entry) => sum + entry.residentBytes, 0);
      const own = linux ? ownPeak(pid) : (all?.find((entry) => entry.pid === pid)?.residentBytes ?? 0);
      one.peak = Math.max(one.peak, own + children);
      if (one.peak > one.limit) one.over();
    }
  }

  return {
    watch(pid, limit, over, above = 0) {
      const leader = () => descend(pid, above);
      const entry: Watched = { leader, limit, over, peak: 0 };
      return {
        resume() {
          watched.add(entry);
          if (ticking) return;
          ticking = true;
          clock.afterReal(interval, tick);
        },
        pause: () => void watched.delete(entry),
        look() {
          const found = linux ? leader() : undefined;
          if (found !== undefined) entry.peak = Math.max(entry.peak, ownPeak(found));
          return entry.peak > limit;
        },
        get peak() {
          return entry.peak;
        },
      };
    },
  };
}

/** A view's processes have one child each until the code's own. https://man7.org/linux/man-pages/man5/proc_pid_task.5.html */
function descend(pid: number, steps: number): number | undefined {
  let found = pid;
  for (let step = 0; step < steps; step++) {
    try {
      const [first] = readFileSync(`/proc/${found}/task/${found}/children`, 'latin1').split(' ');
      if (!first) return undefined;
      found = Number(first);
    } catch {
      return undefined;
    }
  }
  return found;
}

/** Bytes, the most that the process itself ever held. */
function ownPeak(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
