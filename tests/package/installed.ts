/**
 * Vitest's global set-up of the package's tests: what `npm pack` makes, installed once in an empty folder. Beside it lie
 * what a user's project has of its own (TypeScript, Vitest, AWS clients), as links to the ones of this repository, so
 * that only Slipway's own dependencies are installed. Jest is the exception: it must not find ours.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '..', '..');
const npm = (folder: string, ...args: readonly string[]): string =>
  execFileSync('npm', [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** What the samples, the examples and the guide import besides Slipway. */
const linked = [
  'typescript',
  'vitest',
  '@types/node',
  '@aws-sdk/client-lambda',
  '@aws-sdk/client-sqs',
  'aws-cdk-lib',
  'aws-cdk',
  'constructs',
  'esbuild',
];

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the package is installed. */
    readonly installed: string;
    /** Installed without what a user's project has of its own. */
    readonly packages: readonly string[];
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'));
  const installed = join(folder, 'project');
  mkdirSync(installed);
  execFileSync(process.execPath, ['scripts/prepack.mjs'], { cwd: root, stdio: 'inherit' });
  const packed = npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', folder).trim();
  writeFileSync(join(installed, 'package.json'), '{"name":"sample","version":"1.0.0","type":"module"}');
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(installed, 'install', ...options, join(folder, packed));
  // npm's own list of what it installed.
  const lock = JSON.parse(readFileSync(join(installed, 'node_modules', '.package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, object>>;
  };
  const packages = Object.keys(lock.packages).map((path) => join(installed, path));
  for (const name of linked) {
    const link = join(installed, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  cpSync(join(root, 'examples'), join(installed, 'examples'), { recursive: true });
  project.provide('installed', installed);
  project.provide('packages', packages);
  return () => rmSync(folder, { recursive: true, force: true });
}
