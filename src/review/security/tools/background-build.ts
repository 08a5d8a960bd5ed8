/**
 * Builds the engine of cloudformation-validate in a process of its own, for the reviews that come later: it takes some
 * seconds of processor time, once on a machine, and the first review does not wait for it.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { buildingMark, imageFile } from './engine-image.ts';
import { requireFirst } from './require-first.ts';
import type { WorkerStart } from './worker.ts';
import { workerFile } from './worker-file.ts';

/** A build that began longer ago has died. */
const longestMs = 120_000;

/** Whether a built engine is kept there. @throws when the tool is not installed */
export function isBuilt(from: readonly string[], cacheFolder: string): boolean {
  return existsSync(imageFile(cacheFolder, requireFirst(from).resolve('@aws/cloudformation-validate')));
}

/** Never throws: what cannot be built ahead is built when it is waited for. */
export async function buildInBackground(from: readonly string[], cacheFolder: string): Promise<void> {
  const mark = buildingMark(cacheFolder);
  try {
    if (existsSync(mark) && Date.now() - statSync(mark).mtimeMs < longestMs) return;
    mkdirSync(cacheFolder, { recursive: true, mode: 0o700 });
    writeFileSync(mark, '');
    const start: WorkerStart = { tool: 'cloudformation-validate', from, cacheFolder };
    const child = spawn(process.execPath, [await workerFile(), JSON.stringify(start)], {
      detached: true,
      stdio: 'ignore',
    });
    child.on('error', () => rmSync(mark, { force: true }));
    child.unref();
  } catch {
    rmSync(mark, { force: true });
  }
}
