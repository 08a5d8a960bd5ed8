/** Nothing outside the clock sets a timer: an error in one would end the process without an owner's name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '..', '..', 'src');
/** The clock itself, and the program that a function's own process runs. */
const exempt = ['core/clock.ts', 'local/compute/function-runtime.ts'];
/** Waits for the next turn of the event loop: there is no task that could throw. */
const yields = /await new Promise\((?:setImmediate|\(\w+\) => setImmediate\(\w+\))\)/g;

it('leaves every timer of the local cloud to its clock', () => {
  const found = ['core', 'local'].flatMap((layer) =>
    readdirSync(join(src, layer), { recursive: true, encoding: 'utf8' })
      .map((file) => `${layer}/${file}`)
      .filter((file) => file.endsWith('.ts') && !exempt.includes(file))
      .filter((file) =>
        /\b(?:setTimeout|setInterval|setImmediate)\b/.test(
          readFileSync(join(src, file), 'utf8')
            .replaceAll(yields, '')
            .replaceAll(/^\s*(?:\*|\/\/).*$/gm, ''),
        ),
      ),
  );
  expect(found).toEqual([]);
});
