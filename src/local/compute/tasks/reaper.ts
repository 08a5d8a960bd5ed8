/**
 * Ends the processes of functions and tasks whose cloud has died, so that none runs without a cloud or twice. A shell
 * of a few hundred kB holds the other end of a pipe: when this process dies in any way the pipe closes, and the shell
 * kills what it was told about, and what that has started (see process-tree.ts). What it may have missed is found at
 * the next start, by process id and start time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endMarked, killGroup } from '../process-tree.ts';

export interface Reaper {
  /** @param mark which the process carries in its environment, and hands on to what it starts */
  add(pid: number, mark: string): void;
  remove(pid: number): void;
  close(): void;
}

const script = `trap '' INT TERM HUP
known=
while read -r sign pid mark; do
  case $sign in
    +) known="$known $pid:$mark" ;;
    -) rest=
       for one in $known; do case $one in "$pid:"*) ;; *) rest="$rest $one" ;; esac; done
       known=$rest ;;
  esac
done
marks=
for one in $known; do
  kill -9 "-\${one%%:*}" 2>/dev/null
  # An empty pattern would fit every process of this machine.
  [ -z "\${one#*:}" ] || marks="$marks -e \${one#*:}"
done
[ -n "$marks" ] || exit 0
for round in 1 2 3; do
  for file in $(grep -lsaF $marks /proc/[0-9]*/environ 2>/dev/null); do
    pid=\${file#/proc/}
    kill -9 "\${pid%/environ}" 2>/dev/null
  done
done`;

/** Kills what an earlier cloud on this state folder left running. */
export function createReaper(directory: string): Reaper {
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    const [started, mark] = readFileSync(file, 'utf8').split('\n');
    // A process id is used again by others; the start time tells them apart.
    if (started === startTime(Number(name))) killGroup(Number(name), 'SIGKILL');
    if (mark) void endMarked(mark);
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
    add(pid, mark) {
      tell(`+ ${pid} ${mark}`);
      writeFileSync(join(directory, String(pid)), `${startTime(pid) ?? ''}\n${mark}`);
    },
    remove(pid) {
      tell(`- ${pid}`);
      rmSync(join(directory, String(pid)), { force: true });
    },
    close: () => watcher.stdin.end(),
  };
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
