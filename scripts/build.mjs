// Builds dist/ with esbuild: one chunk per lazily loaded part, the AWS service schemas inlined (they are a
// fifth of the clients' size and load in a few ms), every other dependency left to node_modules.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = join(import.meta.dirname, '..');
const entries = {
  cli: 'src/cli/main.ts',
  blocks: 'src/blocks/index.ts',
  template: 'src/template/index.ts',
  local: 'src/local/index.ts',
  'function-runtime': 'src/local/compute/function-runtime.ts',
};

/** Only the schema files of the AWS clients are bundled; everything else stays an import. */
const inlineSchemas = {
  name: 'inline-schemas',
  setup(b) {
    b.onResolve({ filter: /^[^./]/ }, (args) => {
      if (args.kind === 'entry-point') return undefined;
      const schema = /^@aws-sdk\/client-[^/]+\/dist-es\//.test(args.path);
      const fromSchema = /[\\/]client-[^\\/]+[\\/]dist-es[\\/]/.test(args.importer);
      return schema || fromSchema ? undefined : { path: args.path, external: true };
    });
  },
};

export async function build() {
  const present = Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file))));
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: present,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    plugins: [inlineSchemas],
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
