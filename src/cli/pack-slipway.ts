/** What a new app's package.json says of Slipway, so that it gets the very one that wrote it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { reasonOf } from '../core/events.ts';

/** @returns its version where npm had it from a registry, else `file:` and the package that is put under `vendor` */
export function packSlipway(
  root: string,
  version: string,
  folder: string,
  note: (text: string) => void,
): string {
  if (fromRegistry(root)) return version;
  const vendor = join(folder, 'vendor');
  mkdirSync(vendor);
  // Sources are built first; what is installed is packed as it is, without the scripts that only the sources have.
  const scripts = existsSync(join(root, 'src')) ? [] : ['--ignore-scripts'];
  if (scripts.length === 0) note('packing Slipway from its sources; this takes a while …');
  try {
    const args = ['pack', root, '--silent', '--pack-destination', vendor, ...scripts];
    const packed = execFileSync('npm', args, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    return `file:vendor/${packed.trim().split('\n').at(-1)}`;
  } catch (cause) {
    throw new SlipwayError('internal', `npm pack failed in ${root}: ${reasonOf(cause)}`, { cause });
  }
}

/** npm's own list of what it installed says from where. */
function fromRegistry(root: string): boolean {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, '..', '.package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly resolved?: string }>>;
    };
    return packages['node_modules/slipway']?.resolved?.startsWith('https://') === true;
  } catch {
    return false;
  }
}
