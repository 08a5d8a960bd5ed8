/** The tree is the list of operations: each is defined in a file of its own, named after it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const services = join(import.meta.dirname, '..', '..', 'src', 'local', 'services');

/** Definitions outside of `operations/`, each with why. */
const families: Readonly<Record<string, string>> = {
  'cloudfront/policy-kind.ts':
    'four kinds of policies have the same six operations, which differ in names alone; each kind is one description',
};

const kebab = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

interface Definitions {
  readonly file: string;
  readonly count: number;
  /** Where each belongs; nothing where the name is computed. */
  readonly names: readonly string[];
  readonly exportedFrom: readonly string[];
}

const found: readonly Definitions[] = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(join(services, file), 'utf8');
    return {
      file: file.replaceAll('\\', '/'),
      count: [...text.matchAll(/\boperation(?:ByName)?\(/g)].length,
      names: [...text.matchAll(/\boperation\('([\w-]+)', '(\w+)'/g)].map(
        ([, service = '', name = '']) => `${service}/operations/${kebab(name)}.ts`,
      ),
      exportedFrom: [...text.matchAll(/^export .* from '(.+)';$/gm)].map(([, path = '']) => path),
    };
  });

describe('operations', () => {
  it('are defined one to a file, which has their name', () => {
    const misplaced = found
      .filter(({ file, count }) => count > 0 && families[file] === undefined)
      .filter(({ file, count, names: [name] }) => count !== 1 || file !== name)
      .map(({ file, names }) => `${file}: ${names.join(', ')}`);
    expect(misplaced).toEqual([]);
  });

  it('have their folder to themselves, but for the list of them', () => {
    expect(
      found
        .filter(({ file, count }) => file.includes('/operations/') && count === 0)
        .filter(({ file }) => !file.endsWith('/operations/index.ts'))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  it('are each on the list', () => {
    const listed = found.flatMap(({ file, exportedFrom }) =>
      file.endsWith('/operations/index.ts') ? exportedFrom.map((name) => join(dirname(file), name)) : [],
    );
    const there = found.map(({ file }) => file).filter((file) => file.includes('/operations/'));
    expect(there.filter((file) => !listed.includes(file) && !file.endsWith('/index.ts'))).toEqual([]);
  });

  it('are found at all', () => {
    expect(found.filter(({ count }) => count > 0).length).toBeGreaterThan(400);
  });

  it('have no family that is not there', () => {
    const files = new Set(found.filter(({ count }) => count > 0).map(({ file }) => file));
    expect(Object.keys(families).filter((file) => !files.has(file))).toEqual([]);
  });
});
