/**
 * Ends task processes whose cloud has died, so that none runs without a cloud or twice. A shell of a few hundred
 * kB holds the other end of a pipe: when this process dies in any way the pipe closes, and the shell kills what
 * it was told about. What it may have missed is found at the next start, by process id and start time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Reaper {
  add(pid: number): void;
  remove(pid: number): void;
  close(): void;
}

const script = `trap '' INT TERM HUP
pids=
while read -r sign pid; do
  case $sign in
    +) pids="$pids $pid" ;;
    -) rest=
       for one in $pids; do [ "$one" = "$pid" ] || rest="$rest $one"; done
       pids=$rest ;;
  esac
done
for one in $pids; do kill -9 "-$one" 2>/dev/null; done`;

/** Kills what an earlier cloud on this state folder left running. */
export function createReaper(directory: string): Reaper {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    // A process id is used again by others; the start time tells them apart.
    if (readFileSync(file, 'utf8') === startTime(Number(name))) killGroup(Number(name), 'SIGKILL');
    rmSync(file, { force: true });
  }
  const watcher = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watcher.unref();
  const tell = (line: string) => {
    if (watcher.stdin.writable) watcher.stdin.write(`${line}\n`);
  };
  // Without the watcher the files still let the next start find what is left.
  watcher.on('error', () => {});
  watcher.stdin.on('error', () => {});
  (watcher.stdin as unknown as { unref?(): void }).unref?.();
  return {
    add(pid) {
      tell(`+ ${pid}`);
      writeFileSync(join(directory, String(pid)), startTime(pid) ?? '');
    },
    remove(pid) {
      tell(`- ${pid}`);
      rmSync(join(directory, String(pid)), { force: true });
    },
    close: () => watcher.stdin.end(),
  };
}

/** Each task leads a process group, so that what it started ends with it. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

/** When a process was started, in whatever form the system tells it; undefined when it does not exist. */
function startTime(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The second field, the name, may hold blanks and parentheses.
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
