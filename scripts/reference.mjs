// Writes docs/reference from the code, or with --check says which page is out of date.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScript } from './build.mjs';
import { root, run } from './lib.mjs';

const bundled = join(root, 'dist', 'reference.mjs');
await bundleScript('scripts/reference.ts', bundled);
const status = run(process.execPath, [bundled, ...process.argv.slice(2)]);
rmSync(bundled, { force: true });
process.exit(status);
