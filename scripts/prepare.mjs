// Runs after `npm ci` and `npm install` have changed node_modules, here only and never where Slipway is installed
// (https://docs.npmjs.com/cli/using-npm/scripts, "dependencies"): links this package as node_modules/slipway, so that the systems
// (workspaces) import `slipway/...` as any user does, and builds dist. npm itself cannot link a workspace
// to its root in a way that `npm ci` accepts.
import { existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';

const root = join(import.meta.dirname, '..');
const link = join(root, 'node_modules', 'slipway');
mkdirSync(join(root, 'node_modules'), { recursive: true });
if (!existsSync(link) && !lstatSync(link, { throwIfNoEntry: false })) symlinkSync('..', link, 'junction');
await build();
