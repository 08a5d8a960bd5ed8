/**
 * The view in which a function of a zip archive runs: its code is /var/task, its layers are /opt, its folder for files is
 * /tmp, and all else is read-only: this machine's programs and libraries, and nothing of its users. It has processes of its
 * own, which end with the first of them, and none of the rights that a new user namespace gives.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 * https://man7.org/linux/man-pages/man7/user_namespaces.7.html
 *
 * One `mount` makes all mounts from a table, over a folder that is written once: a process for each would cost 3 ms each.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Bind, etcOfSystem, placeholder, topFolders } from '../images/base-files.ts';
import { runtimePackage } from '../images/lambda-base.ts';
import { viewsMissing } from '../images/view.ts';
import type { Launch } from './environment.ts';
import { lookupMountFlags } from './mount-flags.ts';

/** Where a function's process finds its files. */
export interface SeenPlaces {
  readonly task: string;
  readonly opt: string | undefined;
  readonly temporary: string;
  /** The folder of the packages that the runtime brings along. */
  readonly brought: string | undefined;
  readonly authorityFile: string;
  readonly bundleFile: string;
  /** Instead of this machine's PATH. */
  readonly path: string | undefined;
  runtimeFile(real: string): string;
}

/** The same, on this machine. */
export interface RealPlaces {
  readonly task: string;
  readonly opt: string | undefined;
  readonly temporary: string;
  readonly brought: string | undefined;
  readonly authorityFile: string;
  readonly bundleFile: string;
  /** A folder of links to the AWS SDK for JavaScript; it may be missing. */
  readonly sdk: string;
  readonly runtimeFolder: string;
  readonly interpreter: string | undefined;
}

/** Without views: where the files are. */
export const seenAsIs = (real: RealPlaces): SeenPlaces => ({
  ...real,
  path: undefined,
  runtimeFile: (file) => file,
});

export interface FunctionViews {
  seen(real: RealPlaces): SeenPlaces;
  /** The same launch, in a view of its own. */
  launch(launch: Launch, real: RealPlaces): Promise<Launch>;
}

const programs = '/usr/bin:/bin:/usr/sbin:/sbin';
const inside = {
  runtime: '/.slipway/runtime',
  brought: '/.slipway/brought',
  authority: '/.slipway/aws/authority.pem',
  bundle: '/.slipway/aws/bundle.pem',
};
const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

/** Arguments: root, table of mounts, folder, variables, `--`, command. What it starts is not the first process, which signals do not end. */
const script = `set -e
PATH=${programs}
root=$1 table=$2 folder=$3
shift 3
mount -a -T "$table"
cd "$root"
pivot_root . .
umount -l .
cd "$folder"
while [ "$1" != -- ]; do export "$1"; shift; done
shift
/usr/bin/setpriv --bounding-set -all --no-new-privs -- "$@"
exit $?`;

/** Processes above the function's own: unshare and the shell. */
const processesAbove = 2;

let known: Promise<FunctionViews | string> | undefined;

/**
 * Looked for once. Functions have views when `SLIPWAY_VIEWS=all` stands in the cloud's environment.
 * @returns a text: why there are none
 */
export function functionViews(folder: string): Promise<FunctionViews | string> {
  if (process.env.SLIPWAY_VIEWS !== 'all') return Promise.resolve('SLIPWAY_VIEWS=all turns them on');
  known ??= look(folder);
  return known.then((found) => (typeof found === 'string' ? found : createViews(folder)));
}

async function look(folder: string): Promise<FunctionViews | string> {
  const missing = viewsMissing();
  if (missing !== undefined) return missing;
  const needed = ['setpriv', 'unshare'].find((name) => !existsSync(`/usr/bin/${name}`));
  if (needed) return `it needs /usr/bin/${needed}`;
  const views = createViews(folder);
  const nothing = join(folder, 'views', 'nothing');
  try {
    mkdirSync(nothing, { recursive: true });
    const file = realpathSync(process.execPath);
    const { command, args } = await views.launch(
      { command: '/usr/bin/env', args: ['true'], cwd: '/', variables: {}, readsVariables: false },
      {
        ...{ task: nothing, opt: undefined, temporary: nothing, brought: undefined, sdk: '' },
        ...{ authorityFile: file, bundleFile: file, runtimeFolder: nothing, interpreter: undefined },
      },
    );
    await promisify(execFile)(command, args, { timeout: 20_000, env: {} });
    return views;
  } catch (error) {
    return `a view cannot be made (${String((error as { stderr?: unknown }).stderr || (error as Error).message).trim()})`;
  }
}

function createViews(folder: string): FunctionViews {
  const roots = new Map<string, Promise<string>>();
  const systemBinds = machineBinds();

  return {
    seen: ({ opt, brought, interpreter }) => ({
      task: '/var/task',
      opt: opt && '/opt',
      temporary: '/tmp',
      brought: brought && inside.brought,
      authorityFile: inside.authority,
      bundleFile: inside.bundle,
      path: [...(interpreter ? [dirname(interpreter)] : []), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
      runtimeFile: (file) => `${inside.runtime}/${basename(file)}`,
    }),
    async launch(launch, real) {
      if (!existsSync(realPath(launch.command, real))) return { ...launch, cwd: '/' };
      const binds = [...systemBinds, ...(await bindsOf(real))];
      const key = createHash('sha256')
        .update(JSON.stringify([1, binds.map(({ target }) => target)]))
        .digest('hex')
        .slice(0, 24);
      const root = join(folder, 'views', key);
      let made = roots.get(key);
      if (!made) {
        made = writeRoot(root, binds);
        made.catch(() => roots.delete(key));
        roots.set(key, made);
      }
      await made;
      const table = `${real.temporary}.mounts`;
      // Slipway itself may lie in /tmp, which is the function's own: there its packages are shown in that.
      const belowTmp = binds.filter(isBelowTmp);
      for (const { source, target } of belowTmp) {
        const place = join(real.temporary, target.slice('/tmp/'.length));
        if (statSync(source).isDirectory()) mkdirSync(place, { recursive: true });
        else {
          mkdirSync(dirname(place), { recursive: true });
          await writeFile(place, '', { flag: 'a' });
        }
      }
      const flags = lookupMountFlags();
      const bind = (source: string, target: string, readOnly: boolean) =>
        `${field(source)} ${field(root + target)} none rbind${readOnly ? `,ro${flags(source)}` : ''} 0 0`;
      const lines = [
        bind(root, '', true),
        ...binds.filter((one) => !isBelowTmp(one)).map(({ source, target }) => bind(source, target, true)),
        bind(real.temporary, '/tmp', false),
        ...belowTmp.map(({ source, target }) => bind(source, target, true)),
        ...devices.map((name) => bind(`/dev/${name}`, `/dev/${name}`, false)),
        `proc ${field(`${root}/proc`)} proc nosuid,nodev,noexec 0 0`,
      ];
      await writeFile(table, `${lines.join('\n')}\n`);
      // The loader of this machine's own programs must not look for what only the view has.
      const late = Object.entries(launch.variables).filter(([name]) => /^(PATH|LD_\w+)$/.test(name));
      const early = Object.entries(launch.variables).filter(([name]) => !/^LD_\w+$/.test(name));
      return {
        ...launch,
        command: '/usr/bin/setpriv',
        args: [
          // Whatever ends the cloud ends `unshare`, and that the first process of the view, and that all others.
          ...['--pdeathsig', 'KILL', '/usr/bin/unshare', '--user', '--map-root-user', '--mount', '--pid'],
          ...['--fork', '--kill-child', '/bin/sh', '-c', script, 'view', root, table, launch.cwd],
          ...late.map(([name, value]) => `${name}=${value}`),
          ...['--', launch.command, ...launch.args],
        ],
        cwd: '/',
        variables: Object.fromEntries(early),
        processesAbove,
      };
    },
  };
}

function realPath(seen: string, { task, opt }: RealPlaces): string {
  if (seen.startsWith('/var/task/')) return task + seen.slice('/var/task'.length);
  return seen.startsWith('/opt/') && opt ? opt + seen.slice('/opt'.length) : seen;
}

/** As fstab writes a path: https://man7.org/linux/man-pages/man5/fstab.5.html */
const field = (path: string) =>
  path.replace(/[\s\\#]/g, (sign) => `\\${sign.charCodeAt(0).toString(8).padStart(3, '0')}`);

const isBelowTmp = ({ target }: Bind) => target.startsWith('/tmp/');

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Programs and libraries of this machine, and the settings that they read. */
function machineBinds(): Bind[] {
  const folders = ['/usr', ...topFolders.map((name) => `/${name}`).filter((path) => !isLink(path))];
  return [...folders, ...etcOfSystem.map((name) => `/etc/${name}`)]
    .filter((path) => existsSync(path))
    .map((path) => ({ source: realpathSync(path), target: path }));
}

async function bindsOf(real: RealPlaces): Promise<Bind[]> {
  const binds: Bind[] = [
    { source: real.task, target: '/var/task' },
    { source: real.runtimeFolder, target: inside.runtime },
    { source: real.authorityFile, target: inside.authority },
    { source: real.bundleFile, target: inside.bundle },
  ];
  if (real.opt) {
    binds.push({ source: real.opt, target: '/opt' });
    const modules = join(real.opt, 'nodejs', 'node_modules');
    // Node looks for packages in every folder above a module.
    if (existsSync(modules)) binds.push({ source: modules, target: '/var/node_modules' });
  }
  if (real.brought) binds.push({ source: real.brought, target: inside.brought });
  if (existsSync(real.sdk)) {
    const sdk = realpathSync(real.sdk);
    binds.push({ source: sdk, target: '/node_modules' });
    for (const folder of await linkedPackages(sdk)) binds.push({ source: folder, target: folder });
  }
  for (const path of interpreterPlaces(real.interpreter)) binds.push({ source: path, target: path });
  return binds;
}

const linked = new Map<string, Promise<ReadonlySet<string>>>();

/** The outermost node_modules folders that the links lead into. */
function linkedPackages(folder: string): Promise<ReadonlySet<string>> {
  let found = linked.get(folder);
  if (!found) {
    found = read();
    linked.set(folder, found);
  }
  return found;

  async function read() {
    const outermost = new Set<string>();
    for (const scope of await readdir(folder))
      for (const name of await readdir(join(folder, scope)).catch(() => [])) {
        const [target] = /^.*?\/node_modules(?=\/)/.exec(readlinkSync(join(folder, scope, name))) ?? [];
        if (target) outermost.add(target);
      }
    return outermost;
  }
}

/** An interpreter finds its library where it was installed; one that lies in the user's home itself is seen alone. */
function interpreterPlaces(command: string | undefined): string[] {
  if (!command) return [];
  const real = realpathSync(command);
  const prefix = dirname(dirname(real));
  const homeIsBelow = `${homedir()}/`.startsWith(prefix === '/' ? '/' : `${prefix}/`);
  const places = homeIsBelow
    ? [real, ...[join(prefix, 'lib')].filter((path) => prefix !== '/' && existsSync(path))]
    : [prefix];
  // It may be started by a link.
  const all = command === real || command.startsWith(`${prefix}/`) ? places : [...places, command];
  return all.filter((path) => !/^\/(usr|bin|sbin|lib\w*)(\/|$)/.test(path));
}

/** What everything is bound over. */
async function writeRoot(root: string, binds: readonly Bind[]): Promise<string> {
  if (existsSync(root)) return root;
  const making = `${root}.${process.pid}.${Date.now()}`;
  for (const path of ['proc', 'dev', 'tmp', 'var/task', 'opt', 'etc', 'root'])
    mkdirSync(join(making, path), { recursive: true });
  for (const name of devices) await writeFile(join(making, 'dev', name), '');
  await symlink('/proc/self/fd', join(making, 'dev', 'fd'));
  for (const [index, name] of ['stdin', 'stdout', 'stderr'].entries())
    await symlink(`fd/${index}`, join(making, 'dev', name));
  mkdirSync(join(making, '.slipway'));
  await writeFile(join(making, '.slipway/package.json'), runtimePackage);
  await writeFile(join(making, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
  await writeFile(join(making, 'etc/group'), 'root:x:0:\n');
  for (const name of topFolders)
    if (isLink(`/${name}`)) await symlink(readlinkSync(`/${name}`), join(making, name));
  for (const { source, target } of binds) placeholder(source, join(making, target));
  try {
    await rename(making, root);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (!existsSync(root)) throw error;
  }
  return root;
}
