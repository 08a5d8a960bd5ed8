// Builds dist/ with esbuild: one chunk per lazily loaded part, the AWS service schemas inlined (they are a
// fifth of the clients' size and load in a few ms), every other dependency left to node_modules.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = join(import.meta.dirname, '..');
const entries = {
  cli: 'src/cli/main.ts',
  blocks: 'src/blocks/index.ts',
  template: 'src/api/template.ts',
  local: 'src/api/local.ts',
  'docker-stand-in': 'src/local/compute/images/docker-stand-in.ts',
  review: 'src/api/review.ts',
  'function-runtime': 'src/local/compute/function-runtime.ts',
  'review-tool-worker': 'src/review/security/tools/worker.ts',
};

/** Bundled whole and tree-shaken, because what we use is a hundredth of what installs: see docs/dependencies.md. */
const inlined = JSON.parse(readFileSync(new URL('inlined.json', import.meta.url), 'utf8'));

/** Data that is read as a file, from beside the code that reads it. */
const dataFiles = [
  'src/iam/aws-managed-policies.gen.br',
  'src/local/compute/functions/python-imports.py',
  'src/local/compute/functions/python-runtime.py',
  'src/local/compute/images/image-commands.sh',
];

/** Besides those, only the schema files of the AWS clients are bundled; everything else stays an import. */
const inlineSchemas = {
  name: 'inline-schemas',
  setup(b) {
    b.onResolve({ filter: /^[^./]/ }, (args) => {
      if (args.kind === 'entry-point') return undefined;
      const schema = /^@aws-sdk\/client-[^/]+\/dist-es\//.test(args.path);
      // What a schema imports is not among our own dependencies, so it is bundled too, and what that imports.
      const fromSchema = /[\\/](client-[^\\/]+|@smithy[\\/][^\\/]+)[\\/]dist-es[\\/]/.test(args.importer);
      const whole = inlined.some((name) => args.path === name || args.path.startsWith(`${name}/`));
      return schema || fromSchema || whole ? undefined : { path: args.path, external: true };
    });
  },
};

/** AWS's facts about resource types, as texts: a third smaller than as code, and read sooner. */
const jsonAsText = {
  name: 'json-as-text',
  setup(b) {
    b.onLoad({ filter: /[\\/]schema[\\/](?:specs|limits)[\\/][^\\/]+\.gen\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
      const quoted = text.replace(/[\\']/g, '\\$&');
      return { contents: `export default JSON.parse('${quoted}')`, loader: 'js' };
    });
  },
};

const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  plugins: [inlineSchemas, jsonAsText],
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

/** Bundles one script of ours, with the schemas inlined, to run it with plain Node.js. */
export const bundleScript = (entry, outfile) => esbuild.build({ ...options, entryPoints: [entry], outfile });

export async function build() {
  const present = Object.fromEntries(
    Object.entries(entries).filter(([, file]) => existsSync(join(root, file))),
  );
  // Beside dist, and swapped in when it is whole: a failed build leaves the last good one in place.
  const fresh = join(root, 'dist.new');
  await rm(fresh, { recursive: true, force: true });
  await esbuild.build({ ...options, entryPoints: present, outdir: fresh, splitting: true });
  for (const file of dataFiles) await copyFile(join(root, file), join(fresh, basename(file)));
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await rename(fresh, join(root, 'dist'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
