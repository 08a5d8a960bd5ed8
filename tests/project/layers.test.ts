/** The layers of the design, held: who may import whom, and no cycles among files. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import inlined from '../../scripts/inlined.json' with { type: 'json' };

const src = join(import.meta.dirname, '..', '..', 'src');

const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  template: ['core'],
  blocks: ['core'],
  iam: ['core'],
  architecture: ['core', 'template', 'iam'],
  local: ['core', 'template', 'iam', 'architecture'],
  review: ['core', 'template', 'iam', 'architecture'],
  deploy: ['core', 'template', 'architecture'],
  migrate: ['core', 'template', 'architecture'],
  api: ['core', 'template', 'iam', 'architecture', 'local', 'review', 'deploy'],
  console: ['core', 'template', 'iam', 'architecture', 'blocks', 'local', 'review', 'deploy', 'migrate'],
  cli: [
    ...['core', 'template', 'iam', 'architecture', 'blocks', 'local', 'review', 'deploy', 'migrate'],
    ...['api', 'console'],
  ],
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => join(src, file));

/** Every file that another one names: by `import`, `import type`, `export … from` and `import('…')`. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\s+(?:[^'"]*?from\s+)?'(\.[^']+)'/gm),
    ...text.matchAll(/\bimport\(\s*'(\.[^']+)'/g),
  ];
  return [...new Set(specifiers.map(([, specifier = '']) => join(dirname(file), specifier)))];
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));
const layerOf = (file: string) => relative(src, file).split(/[\\/]/)[0] ?? '';

describe('the tree', () => {
  it('imports only what its layer may', () => {
    const forbidden = [...graph].flatMap(([file, imports]) =>
      imports
        .filter(
          (target) =>
            layerOf(target) !== layerOf(file) && !mayImport[layerOf(file)]?.includes(layerOf(target)),
        )
        .map((target) => `${relative(src, file)} → ${relative(src, target)}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('keeps services apart: none imports another', () => {
    const service = (file: string) => /^local[\\/]services[\\/]([^\\/]+)[\\/]/.exec(relative(src, file))?.[1];
    const forbidden = [...graph].flatMap(([file, imports]) =>
      imports
        .filter((target) => service(file) && service(target) && service(file) !== service(target))
        .map((target) => `${relative(src, file)} → ${relative(src, target)}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('has no circle of imports, type-only ones included', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(src, f)).join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('imports another package only when package.json names it', () => {
    const manifest = JSON.parse(readFileSync(join(src, '..', 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const known = new Set([
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
      ...inlined,
    ]);
    const missing = files.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /^(?:import|export)\s+(?!type\s)[^'"]*?from\s+'([^'.][^']*)'/gm,
        ),
      ]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) => !specifier.startsWith('node:'))
        .map((specifier) =>
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !known.has(name))
        .map((name) => `${relative(src, file)}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
