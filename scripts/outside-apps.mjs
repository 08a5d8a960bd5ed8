// `npm run outside-apps`: public CDK apps and templates brought up as they are, and docs/outside-apps.md written.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScript } from './build.mjs';
import { install } from './install.mjs';
import { buildIfStale, root, run } from './lib.mjs';

await install();
await buildIfStale();
const bundles = ['main', 'worker'].map((name) => ({
  script: `scripts/outside-apps/${name}.ts`,
  bundled: join(root, 'dist', name === 'main' ? 'outside-apps.mjs' : `outside-apps-${name}.mjs`),
}));
for (const { script, bundled } of bundles) await bundleScript(script, bundled);
const [main] = bundles;
const status = run(process.execPath, [main.bundled, ...process.argv.slice(2)]);
for (const { bundled } of bundles) rmSync(bundled, { force: true });
process.exit(status);
