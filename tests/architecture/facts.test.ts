/** The facts of the types hold together, and their paths are properties that AWS's schema knows. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSpec } from '../../src/architecture/schema/specs.ts';
import type { TypeFacts } from '../../src/architecture/types/facts.ts';
import { factsByType } from '../../src/architecture/types/lookup.ts';

const specs = Object.fromEntries(
  await Promise.all([...factsByType.keys()].map(async (type) => [type, await loadSpec(type)] as const)),
);
const folder = join(import.meta.dirname, '../../src/architecture/types');

/** Every path of the facts, whatever they say of it. */
function pathsOf(facts: TypeFacts): string[] {
  const { encryption, entry, network } = facts;
  return [
    ...[facts.name, facts.standsFor, encryption?.key, encryption?.switch, entry?.unless?.property],
    ...(facts.runsAs ?? []),
    ...(facts.configuration ?? []),
    ...(facts.owner ?? []),
    ...(network?.subnets ?? []),
    ...(network?.groups ?? []),
    ...(facts.policies ?? []).flatMap(({ document, target }) => [document, target]),
    ...(facts.deadLetters ?? []).flatMap(({ of, to }) => [of, to]),
    ...(facts.triggers ?? []).flatMap(({ from, to }) => [from, ...(to ?? [])]),
  ].filter((path) => path !== undefined);
}

it('are one file each, all of them in the index', () => {
  const helpers = ['facts.ts', 'index.ts', 'lookup.ts'];
  const files = readdirSync(folder).filter((file) => !helpers.includes(file));
  expect(factsByType.size).toBe(files.length);
});

describe('facts', () => {
  it.each([...factsByType.values()].filter(({ type }) => specs[type] !== undefined))(
    'of $type name properties that the type has',
    (facts) => {
      const known = Object.keys(specs[facts.type]?.properties ?? {});
      const unknown = pathsOf(facts).filter((path) => !known.includes(path.split('.')[0] ?? ''));
      expect(unknown).toEqual([]);
    },
  );
});
