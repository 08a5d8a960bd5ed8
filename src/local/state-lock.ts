/** One process per state folder. The lock names its owner; a dead owner's lock is taken over. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';

/** Locks of this process. A lock that names this process and is not here was left by an earlier one of the same id. */
const held = new Set<string>();

/** @returns releases the lock */
export function lockState(directory: string): () => void {
  const file = resolve(directory, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      // 'wx' fails when the file exists: two starters cannot both win.
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      held.add(file);
      return () => {
        rmSync(file, { force: true });
        held.delete(file);
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw error;
      const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (owner === process.pid ? held.has(file) : owner > 0 && isAlive(owner))
        throw new SlipwayError(
          'local.state-in-use',
          `the state folder ${resolve(directory)} is in use by process ${owner}`,
          {
            fix: 'stop it with slipway down, or choose another folder with --state',
          },
        );
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
