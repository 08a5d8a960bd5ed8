/**
 * Builds what the stack deploys: the page into build/page, the worker's context into build/worker. A part whose
 * sources have not changed since its last build is left as it is; --force builds it all the same.
 * The functions are bundled by the stack itself (NodejsFunction).
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const system = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(system));
const force = process.argv.includes('--force');
const unknown = process.argv.slice(2).filter((argument) => argument !== '--force');
if (unknown.length > 0) {
  console.error(`Unknown argument ${unknown.join(' ')}. Usage: npm run build -w room-detection [-- --force]`);
  process.exit(2);
}

const common = ['rooms', 'package.json', 'tsconfig.json', 'scripts/build.mjs', '../../package-lock.json'];
const parts = [
  { name: 'page', sources: ['page', 'shared', 'samples', ...common], build: buildPage },
  { name: 'worker', sources: ['worker', 'shared', ...common], build: buildWorker },
];

async function buildPage(out) {
  const { build } = await import('vite');
  await build({
    configFile: join(system, 'page/vite.config.ts'),
    build: { outDir: out, emptyOutDir: true },
    logLevel: 'warn',
  });
}

async function buildWorker(out) {
  const { build } = await import('esbuild');
  await mkdir(out, { recursive: true });
  await build({
    absWorkingDir: system,
    entryPoints: ['worker/worker.ts', 'worker/detector-thread.ts'],
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minifySyntax: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    legalComments: 'none',
    // Some of the SDK's dependencies are CommonJS and call require for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  await copyFile(join(system, 'worker/Dockerfile'), join(out, 'Dockerfile'));
}

async function filesUnder(path) {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) return [];
  if (info.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(entries.map((entry) => filesUnder(join(path, entry.name))));
  return found.flat();
}

async function fingerprint(sources) {
  const found = await Promise.all(sources.map((source) => filesUnder(join(system, source))));
  const hash = createHash('sha256').update(process.version);
  for (const file of found.flat().sort()) {
    hash.update(`\0${relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

for (const { name, sources, build } of parts) {
  const out = join(system, 'build', name);
  const stamp = join(system, 'build', `${name}.sha256`);
  const wanted = await fingerprint(sources);
  const [built, present] = await Promise.all([readFile(stamp, 'utf8').catch(() => ''), filesUnder(out)]);
  if (!force && built === wanted && present.length > 0) {
    console.log(`${name}: unchanged`);
    continue;
  }
  const started = performance.now();
  // Built beside the old one and then put in its place: a build that fails leaves what was there.
  const fresh = `${out}.${process.pid}`;
  await Promise.all([rm(stamp, { force: true }), rm(fresh, { recursive: true, force: true })]);
  try {
    await build(fresh);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    console.error(`${name}: not built\n${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
  await writeFile(stamp, wanted);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: built into ${relative(process.cwd(), out) || out} in ${seconds} s`);
}
