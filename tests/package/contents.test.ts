/** What is in the package: everything that it names, and nothing that only this repository needs. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { installed } from './run.ts';

const slipway = join(installed, 'node_modules', 'slipway');
const files = readdirSync(slipway, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(slipway, name)).isFile(),
);
const textOf = (file: string) => readFileSync(join(slipway, file), 'utf8');
const peers = Object.keys(manifest.peerDependencies);
/** As esbuild writes them. */
const statements = [
  /^(?:import|export)\b[^'";]*? from "([^."][^"]*)";$/gm,
  /^import "([^."][^"]*)";$/gm,
  /\bimport\("([^."][^"]*)"\)/g,
];
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the package', () => {
  it('has every file that its manifest names', () => {
    const named = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      ),
    ];
    expect(named.filter((file) => !existsSync(join(slipway, file)))).toEqual([]);
  });

  it('names the declarations before the program, because the first condition that fits counts', () => {
    const conditions = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [] : [Object.keys(target)],
    );
    expect(new Set(conditions.map((names) => names.join(' ')))).toEqual(new Set(['types default']));
  });

  it('holds the built program, declarations, documentation and examples, and nothing else', () => {
    const folders = new Set(files.map((file) => file.split('/')[0] ?? ''));
    expect([...folders].sort()).toEqual([
      ...['LICENSE', 'NOTICE', 'README.md', 'bin', 'dist', 'docs', 'examples', 'package.json'],
      ...['starter', 'types'],
    ]);
    const own = files.filter((file) => !file.startsWith('starter/'));
    expect(own.filter((file) => /\.map$|\.test\.|node_modules|cdk\.out/.test(file))).toEqual([]);
  });

  it('declares nothing of the insides of the local cloud, the policy engine or the questions to an app', () => {
    expect(files.filter((file) => file.startsWith('types/')).length).toBeGreaterThan(50);
    expect(
      files.filter((file) => /^types\/(local|iam|deploy|cli|architecture\/(access|questions))\//.test(file)),
    ).toEqual([]);
  });

  it('imports only its dependencies and, where the app is a CDK app, its peers', () => {
    const imported = files
      .filter((file) => /^(dist|bin)\/.*\.m?js$/.test(file))
      .flatMap((file) =>
        statements.flatMap((statement) =>
          [...textOf(file).matchAll(statement)].map(([, specifier = '']) => ({
            file,
            name: packageOf(specifier),
          })),
        ),
      )
      .filter(({ name }) => !name.startsWith('node:'));
    // Run from its sources, Slipway bundles its workers first; built, they lie in dist.
    const known = [...Object.keys(manifest.dependencies), 'esbuild'];
    const others = imported.filter(({ name }) => !known.includes(name));
    expect(new Set(imported.map(({ name }) => name)).size).toBeGreaterThan(10);
    expect(others.filter(({ name }) => !peers.includes(name))).toEqual([]);
    expect([...new Set(others.map(({ file }) => file))]).toEqual(['dist/blocks.js']);
  });

  it('has no link in its documentation to a file that it does not hold', () => {
    const links = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...textOf(file).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !/^[a-z]+:/.test(target))
          .map((target) => ({ file, target, path: join(dirname(file), target) })),
      );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ path }) => !existsSync(join(slipway, path)))).toEqual([]);
  });
});

describe('the installation', () => {
  it('brings neither the CDK nor anything that only this repository needs', () => {
    const names = inject('packages').map((path) => relative(join(installed, 'node_modules'), path));
    const unwanted = [...peers, ...Object.keys(manifest.devDependencies)].filter(
      (name) => !Object.hasOwn(manifest.dependencies, name),
    );
    expect(names).toContain('slipway');
    // The SDK's own clients depend on some of the packages that tests here use as well.
    const ofTheSdk = /^@(smithy|aws-sdk)\//;
    expect(names.filter((name) => unwanted.includes(name) && !ofTheSdk.test(name))).toEqual([]);
  });

  it('is as small as docs/dependencies.md says', () => {
    const said = /installs (\d+) packages, (\d+) MB/.exec(
      readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'dependencies.md'), 'utf8'),
    );
    const packages = inject('packages');
    const bytes = packages
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
      )
      .filter((file, _, all) => all.length > 0 && file.split('node_modules').length === 2)
      .reduce((sum, file) => sum + statSync(file).size, 0);
    // Dependencies move within their ranges: a tenth more is still what the page says.
    expect(packages.length).toBeLessThanOrEqual(Number(said?.[1]) * 1.1);
    expect(bytes / 1e6).toBeLessThanOrEqual(Number(said?.[2]) * 1.1);
  });
});
