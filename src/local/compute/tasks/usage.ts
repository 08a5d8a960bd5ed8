/** What a process uses, where the system tells it (Linux: /proc); undefined elsewhere, and nothing is made up. */
import { readFileSync } from 'node:fs';

export interface Usage {
  /** Since it started. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

/** Linux counts processor time for user space in hundredths of a second on every architecture. */
const ticksPerSecond = 100;

export function usageOf(pid: number): Usage | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (resident === undefined) return undefined;
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      residentBytes: Number(resident) * 1024,
    };
  } catch {
    return undefined;
  }
}
