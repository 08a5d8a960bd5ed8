// `npm test`: installs what is missing, checks, builds, and runs every test. `npm test -- tests/iam` runs some.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { buildIfStale, checkNode, root, run } from './lib.mjs';

checkNode();
await install();
await buildIfStale();
installClients();
const only = process.argv.slice(2);
if (only.length === 0) {
  const checked = run(process.execPath, ['scripts/check.mjs']);
  if (checked !== 0) process.exit(checked);
}
process.exit(run(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...only]));

/** The browser and the AWS CLI of the tests are Debian packages; where apt can install them, it does. */
function installClients() {
  const wanted = {
    chromium: ['/usr/bin/chromium', process.env.CHROMIUM_PATH ?? ''],
    awscli: ['/usr/bin/aws'],
  };
  const missing = Object.keys(wanted).filter((name) => !wanted[name].some((path) => existsSync(path)));
  if (missing.length === 0 || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  console.error(`installing ${missing.join(' and ')} for the tests (once) …`);
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
}
