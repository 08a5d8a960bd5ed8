// `npm run check`: format and lint, types of the package and of each system, generated files up to date.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { buildIfStale, root, run } from './lib.mjs';

await install();
await buildIfStale();
const steps = [
  ['format and lint', 'biome', ['check', '.', '--error-on-warnings', '--diagnostic-level=warn']],
  ['types', 'tsc', ['-p', '.']],
  ...readdirSync(join(root, 'systems'))
    .filter((name) => existsSync(join(root, 'systems', name, 'tsconfig.json')))
    .map((name) => [`types of ${name}`, 'tsc', ['-p', join('systems', name)]]),
  ['resource specifications', process.execPath, ['scripts/resource-specs.mjs', '--check']],
  ['generated reference', process.execPath, ['scripts/reference.mjs', '--check']],
];
const failed = [];
for (const [name, command, args] of steps) {
  const program = command === process.execPath ? command : join(root, 'node_modules', '.bin', command);
  console.log(`check: ${name}`);
  if (run(program, args) !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exit(1);
}
