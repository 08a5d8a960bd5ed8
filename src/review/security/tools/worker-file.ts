/**
 * Where the file is that a tool's worker runs. Built, it lies beside us in dist; run from source (tests) it is bundled
 * once with esbuild, because Node 20 cannot run TypeScript.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let bundled: Promise<string> | undefined;

export function workerFile(): Promise<string> {
  const built = fileURLToPath(new URL('./review-tool-worker.js', import.meta.url));
  if (existsSync(built)) return Promise.resolve(built);
  bundled ??= bundle(fileURLToPath(new URL('./worker.ts', import.meta.url)));
  return bundled;
}

async function bundle(source: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(mkdtempSync(join(tmpdir(), 'slipway-review-')), 'review-tool-worker.mjs');
  process.once('exit', () => rmSync(dirname(outfile), { recursive: true, force: true }));
  const options = { bundle: true, format: 'esm', platform: 'node', target: 'node20' } as const;
  await build({ ...options, entryPoints: [source], outfile, packages: 'external', logLevel: 'silent' });
  return outfile;
}
