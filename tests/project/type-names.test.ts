/**
 * Names of CloudFormation types outside the layers that own them. Whatever reads a template asks `src/architecture`
 * instead of looking for types itself, so the number only falls.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const committed: Readonly<Record<string, number>> = {
  'review/capacity': 53,
  'review/cost': 276,
  'review/diagram': 3,
  'review/readiness': 42,
  'review/recovery': 211,
  'review/security': 184,
};

const src = join(import.meta.dirname, '..', '..', 'src');
const owners = /^(architecture|blocks|template|local[\\/](services|kept))[\\/]/;
/** As a text or in a regular expression, but not a pseudo parameter such as `AWS::Region`. */
const typeName =
  /\b(AWS|Custom)::(?!(Region|AccountId|Partition|Stack(Name|Id)|URLSuffix|NoValue|Notification)\b)/g;
const comment = /^\s*(\/\/|\/?\*)/;

const found: Record<string, number> = {};
for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.ts') || owners.test(file)) continue;
  const lines = readFileSync(join(src, file), 'utf8').split('\n');
  const count = lines
    .filter((line) => !comment.test(line))
    .reduce((sum, line) => sum + (line.match(typeName)?.length ?? 0), 0);
  const folder = file.split(/[\\/]/).slice(0, -1).slice(0, 2).join('/');
  if (count > 0) found[folder] = (found[folder] ?? 0) + count;
}

it.each([...new Set([...Object.keys(committed), ...Object.keys(found)])])(
  'names no more types in src/%s',
  (folder) => {
    const [now, before] = [found[folder] ?? 0, committed[folder] ?? 0];
    const because =
      now > before
        ? 'a name of a type was added: ask src/architecture for the fact, and teach it the fact if it does not know it'
        : `there are fewer: write '${folder}': ${now} in tests/project/type-names.test.ts`;
    expect(now, because).toBe(before);
  },
);
