// `npm run bench`: the local cloud's benchmarks, then those of the systems. See bench/main.ts.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleScript } from './build.mjs';
import { buildIfStale, install, root, run } from './lib.mjs';

install();
await buildIfStale();
const bundled = join(root, 'dist', 'bench.mjs');
await bundleScript('bench/main.ts', bundled);
let status = run(process.execPath, [bundled]);
rmSync(bundled, { force: true });
if (status === 0)
  status = run('npm', ['run', 'bench', '-w', 'room-detection'], { shell: process.platform === 'win32' });
process.exit(status);
