// Writes types/: the declarations of the public entries, with nothing in them that a user's compiler cannot find.
// They are emitted by tsc from the sources, file by file, and only those that an entry reaches are kept. Imports are
// written with the extension .js, because TypeScript takes .ts only from programs that emit nothing.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './lib.mjs';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const entries = Object.values(manifest.exports).flatMap(({ types }) => types ?? []);
/** A declaration may name only what is installed with Slipway, or is there because the app is a CDK app. */
const installed = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]);

export function declarations() {
  const emitted = mkdtempSync(join(tmpdir(), 'slipway-types-'));
  try {
    emit(emitted);
    const kept = new Map();
    for (const entry of entries) keep(join(emitted, relative('types', entry)), emitted, kept);
    rmSync(join(root, 'types'), { recursive: true, force: true });
    for (const [file, text] of kept) {
      const target = join(root, 'types', relative(emitted, file));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true });
  }
}

function emit(folder) {
  const sources = entries.map((entry) =>
    join(root, entry.replace(/^\.\/types/, 'src').replace(/\.d\.ts$/, '.ts')),
  );
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    ...{
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: join(root, 'src'),
      outDir: folder,
    },
    typeRoots: [join(root, 'node_modules', '@types')],
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      files: sources,
      include: [join(root, 'src/**/*.d.ts')],
    }),
  );
  const status = run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', config]);
  rmSync(config);
  if (status !== 0) throw new Error('tsc could not write the declarations; what it says stands above');
}

/** Keeps a declaration and all that it imports. */
function keep(file, folder, kept) {
  if (kept.has(file)) return;
  const text = readFileSync(file, 'utf8');
  kept.set(file, text.replaceAll(/(['"])(\.[^'"]+)\.ts\1/g, '$1$2.js$1'));
  // Comments have examples with imports of their own.
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  for (const [, , specifier] of code.matchAll(/(?:from\s+|import\s+|import\()(['"])([^'"]+)\1/g)) {
    if (specifier.startsWith('.'))
      keep(join(dirname(file), specifier.replace(/\.ts$/, '.d.ts')), folder, kept);
    else if (!specifier.startsWith('node:') && !installed.has(packageOf(specifier)))
      throw new Error(
        `the declaration ${relative(folder, file)} imports ${specifier}, which is not installed with Slipway: describe the type in the public entry, or make the package a dependency`,
      );
  }
}

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) declarations();
