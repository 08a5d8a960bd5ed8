/**
 * Where the files are that a function's process runs. Built, they lie beside us in dist; run from source (tests)
 * the one for Node.js is bundled once with esbuild, because Node 20 cannot run TypeScript.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Of the same name in dist and in the source. */
export const pythonRuntimeFile = (): string => beside('python-runtime.py');
export const pythonImportsFile = (): string => beside('python-imports.py');

let bundled: Promise<string> | undefined;

export function nodeRuntimeFile(): Promise<string> {
  const built = beside('function-runtime.js');
  if (existsSync(built)) return Promise.resolve(built);
  bundled ??= bundle(beside('../function-runtime.ts'));
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
