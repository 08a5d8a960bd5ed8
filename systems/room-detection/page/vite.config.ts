/**
 * The page's build. Samples are served as files of their own (each with a hash in its name); only their names
 * and sizes are part of the script. Nothing is inlined: the page runs under a policy without inline scripts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const page = fileURLToPath(new URL('.', import.meta.url));
const samplesFolder = join(page, '../samples');
const moduleName = 'virtual:samples';

function samples(): Plugin {
  return {
    name: 'sample-plans',
    resolveId: (id) => (id === moduleName ? `\0${moduleName}` : undefined),
    load(id) {
      if (id !== `\0${moduleName}`) return undefined;
      const entries = readdirSync(samplesFolder)
        .filter((file) => file.endsWith('.json'))
        .map((file) => {
          const path = join(samplesFolder, file);
          this.addWatchFile(path);
          const plan: { name?: string; description?: string; walls: unknown[] } = JSON.parse(
            readFileSync(path, 'utf8'),
          );
          const reference = this.emitFile({
            type: 'asset',
            name: `sample-${basename(file)}`,
            source: JSON.stringify(plan),
          });
          const id = basename(file, '.json');
          const summary = {
            id,
            name: plan.name ?? id,
            description: plan.description ?? '',
            walls: plan.walls.length,
          };
          return { summary, reference };
        })
        .sort((one, other) => one.summary.walls - other.summary.walls)
        .map(
          ({ summary, reference }) =>
            `{...${JSON.stringify(summary)},url:import.meta.ROLLUP_FILE_URL_${reference}}`,
        );
      return `export const samples = [${entries.join(',')}];`;
    },
  };
}

export default defineConfig({
  root: page,
  base: '/',
  plugins: [react(), samples()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
});
