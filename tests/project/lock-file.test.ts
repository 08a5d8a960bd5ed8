/** What `npm ci` installs: whole for every platform, and for every Node.js that package.json promises. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

interface Locked {
  readonly version?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Locked;
const installed = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));

/** Where Node looks for a package: beside the one that asks, and in every folder above. */
function found(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (Object.hasOwn(packages, `${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true;
    if (!folder.includes('node_modules/')) return Object.hasOwn(packages, `node_modules/${name}`);
  }
}

it.each(['dependencies', 'optionalDependencies'] as const)('holds every one of the %s', (kind) => {
  const missing = Object.entries(packages).flatMap(([path, locked]) =>
    Object.keys(locked[kind] ?? {})
      .filter((name) => !found(path, name))
      .map((name) => `${path} → ${name}`),
  );
  expect(missing).toEqual([]);
});

it.each(['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-x64'])(
  'has the native packages of %s',
  (platform) => {
    for (const name of ['@lmdb/lmdb-', '@esbuild/', '@biomejs/cli-', '@msgpackr-extract/msgpackr-extract-'])
      expect(Object.keys(packages)).toContain(`node_modules/${name}${platform}`);
  },
);

it('has those of musl', () => {
  const musl = ['@biomejs/cli-linux-x64-musl', '@rolldown/binding-linux-x64-musl'];
  expect(Object.keys(packages)).toEqual(expect.arrayContaining(musl.map((name) => `node_modules/${name}`)));
});

describe('the Node.js that is promised', () => {
  it('is the one that the start checks', () => {
    expect(manifest.engines?.node).toBe('^20.19.0 || >=22');
  });

  it('is allowed by every package that is installed with it', () => {
    const refused = installed
      .filter(([, { optional, link }]) => !optional && !link)
      // Vite and what belongs to it, which only this repository needs, leave out the first releases of line 22.
      .flatMap(([path, { engines, dev }]) =>
        ['20.19.0', dev ? '22.12.0' : '22.0.0', '24.0.0']
          .filter((version) => !satisfies(version, engines?.node ?? '*'))
          .map((version) => `${path} is not for ${version}`),
      );
    expect(refused).toEqual([]);
  });
});
