// `npm test`: installs what is missing, checks, builds, and runs every test. `npm test -- tests/iam` runs some.

import { join } from 'node:path';
import { buildIfStale, checkNode, install, root, run } from './lib.mjs';

checkNode();
install();
await buildIfStale();
const only = process.argv.slice(2);
if (only.length === 0) {
  const checked = run(process.execPath, ['scripts/check.mjs']);
  if (checked !== 0) process.exit(checked);
}
process.exit(run(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...only]));
