/**
 * The folder that everything lies in: `src/<repository>` as checked out, `node_modules` and `venv` with what the apps
 * import, `<repository>/<app>/cdk.out`. The apps find the packages because they lie below them.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import repositories from './repositories.json' with { type: 'json' };

export interface Checkout {
  readonly name: string;
  readonly url: string;
  readonly commit: string;
  readonly folder: string;
}

/** @param from folder with clones, when they are there already */
export function checkOut(folder: string, from: string | undefined): Checkout[] {
  return repositories.map(({ name, url, commit }) => {
    const target = join(folder, 'src', name);
    if (!existsSync(target)) {
      mkdirSync(join(folder, 'src'), { recursive: true });
      if (from === undefined) clone(url, commit, target);
      else cpSync(join(from, name), target, { recursive: true, verbatimSymlinks: true });
    }
    const head = spawnSync('git', ['-C', target, 'rev-parse', 'HEAD'], { encoding: 'utf8' });
    return { name, url, commit: head.status === 0 ? head.stdout.trim() : commit, folder: target };
  });
}

function clone(url: string, commit: string, target: string): void {
  run('git', ['init', '--quiet', target], '.');
  run('git', ['fetch', '--quiet', '--depth', '1', url, commit], target);
  run('git', ['checkout', '--quiet', 'FETCH_HEAD'], target);
}

/** One set of packages for all apps, at one version of the CDK: their own pins are years apart. */
export function installPackages(folder: string, lists: string): void {
  if (!existsSync(join(folder, 'node_modules', 'aws-cdk-lib'))) {
    cpSync(join(lists, 'npm-packages.json'), join(folder, 'package.json'));
    run('npm', ['install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  }
  if (!existsSync(join(folder, 'venv'))) {
    run('python3', ['-m', 'venv', 'venv'], folder);
    run(join(folder, 'venv', 'bin', 'pip'), ['install', '-q', '-r', join(lists, 'pip-packages.txt')], folder);
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
}
