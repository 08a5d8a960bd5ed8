/**
 * Where the file is that a function's process runs. Built, it lies beside us in dist; run from source (tests)
 * it is bundled once with esbuild, because Node 20 cannot run TypeScript.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let bundled: Promise<string> | undefined;

export function runtimeFile(): Promise<string> {
  const built = fileURLToPath(new URL('./function-runtime.js', import.meta.url));
  if (existsSync(built)) return Promise.resolve(built);
  bundled ??= bundle(fileURLToPath(new URL('../function-runtime.ts', import.meta.url)));
  return bundled;
}

async function bundle(source: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(mkdtempSync(join(tmpdir(), 'slipway-runtime-')), 'function-runtime.mjs');
  process.once('exit', () => rmSync(dirname(outfile), { recursive: true, force: true }));
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
}
