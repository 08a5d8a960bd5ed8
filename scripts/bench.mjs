// `npm run bench`: processor time per request, the local cloud's other benchmarks, the review's, then those of the
// systems; `npm run bench -- requests` one of them alone. See bench/README.md.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScript } from './build.mjs';
import { install } from './install.mjs';
import { buildIfStale, root, run } from './lib.mjs';

const ours = {
  requests: 'bench/requests.ts',
  functions: 'bench/functions.ts',
  'local-cloud': 'bench/local-cloud.ts',
  review: 'bench/review.ts',
};
const systems = ['room-detection'];
const all = [...Object.keys(ours), ...systems];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`npm run bench takes ${all.join(', ')}; got ${unknown.join(', ')}`);
  process.exit(2);
}

await install();
await buildIfStale();
for (const name of asked.length > 0 ? asked : all) {
  const status = systems.includes(name)
    ? run('npm', ['run', 'bench', '-w', name], { shell: process.platform === 'win32' })
    : await runOurs(ours[name]);
  if (status !== 0) process.exit(status);
}

async function runOurs(script) {
  const bundled = join(root, 'dist', 'bench.mjs');
  await bundleScript(script, bundled);
  const status = run(process.execPath, [bundled]);
  rmSync(bundled, { force: true });
  return status;
}
