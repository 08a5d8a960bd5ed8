/**
 * What stands in an image's root for its base image: users, folders, the commands it would have as links to this
 * machine's, and the interpreter in the place where the base image has it. What is bound over it is listed beside.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BaseImage, standIn } from './base-images.ts';
import { interpreterFiles, lambdaFiles, npmFolder, type Writer } from './base-interpreters.ts';
import { systemPackages } from './system-packages.ts';

/** A file or folder of this machine that is seen inside. */
export interface Bind {
  readonly source: string;
  /** Absolute, inside. */
  readonly target: string;
}

/** Where the machine's own files are seen inside, for the links to its commands. */
const system = '/.slipway/system';
const commandsFile = '/.slipway/commands';

const imageCommandsFile = () => fileURLToPath(new URL('./image-commands.sh', import.meta.url));

/** https://manpages.debian.org/bookworm/file-hierarchy: on most systems /bin and its like are links into /usr. */
export const topFolders = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];
const shared = ['lib', 'lib32', 'lib64', 'libx32', 'libexec', 'share', 'include'];
/** Of /etc, what programs and libraries read. */
export const etcOfSystem = [
  ...[
    'ssl',
    'pki',
    'ca-certificates',
    'alternatives',
    'ld.so.cache',
    'ld.so.conf',
    'ld.so.conf.d',
    'resolv.conf',
  ],
  ...[
    'hosts',
    'nsswitch.conf',
    'host.conf',
    'gai.conf',
    'services',
    'protocols',
    'mime.types',
    'fonts',
    'magic',
    'perl',
  ],
];
const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Names of the commands that Slipway answers, by what a system has. */
const answered: Readonly<Record<string, readonly string[]>> = {
  every: [
    ...['chown', 'chgrp', 'useradd', 'groupadd', 'usermod', 'groupmod', 'userdel', 'groupdel', 'chpasswd'],
    ...['adduser', 'addgroup', 'deluser', 'delgroup', 'ldconfig', 'update-ca-certificates'],
  ],
  slim: ['apt-get', 'apt'],
  full: ['apt-get', 'apt'],
  alpine: ['apk'],
  amazon: ['dnf', 'microdnf', 'yum'],
};

/** Packages of buildpack-deps, which the images without `slim` are built on. */
const fullPackages = [
  ...[
    'autoconf',
    'automake',
    'bzip2',
    'ca-certificates',
    'curl',
    'dpkg-dev',
    'file',
    'g++',
    'gcc',
    'git',
    'gnupg',
  ],
  ...[
    'imagemagick',
    'make',
    'mercurial',
    'openssh-client',
    'patch',
    'procps',
    'subversion',
    'unzip',
    'wget',
    'xz-utils',
  ],
];
const busybox = [
  ...[
    'wget',
    'nc',
    'ps',
    'top',
    'free',
    'pgrep',
    'pkill',
    'unzip',
    'bzip2',
    'less',
    'vi',
    'ping',
    'time',
    'xxd',
  ],
  ...['killall', 'netstat', 'ifconfig', 'watch'],
];
/** On a machine whose packages cannot be asked for, every command is seen but those of languages. */
const ofLanguages =
  /^(node|nodejs|npm|npx|corepack|pnpm|yarn(pkg)?|uv|uvx|python.*|pip.*|java.*|mvn|gradle|go|gofmt|ruby|gem|php|docker|podman)$/;

/** Paths of this machine's commands that the base image would have. */
function seenCommands(base: BaseImage): string[] {
  const { required, commands } = systemPackages();
  const all = () =>
    ['/usr/bin', '/usr/sbin', '/bin', '/sbin']
      .filter((folder) => existsSync(folder) && !isLink(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
      .filter((path) => !ofLanguages.test(path.slice(path.lastIndexOf('/') + 1)));
  if (base.system === 'distroless' || base.system === 'scratch') return [];
  if (required.length === 0) return all();
  switch (base.system) {
    case 'full':
      return [...required, ...commands(fullPackages)];
    case 'alpine':
      return [
        ...required.filter((path) => !/\/(r?bash|apt.*|dpkg.*)$/.test(path)),
        ...busybox.flatMap((name) => [`/usr/bin/${name}`, `/bin/${name}`]).filter((path) => existsSync(path)),
      ];
    case 'amazon':
      return [...required.filter((path) => !/\/(apt.*|dpkg.*)$/.test(path)), '/usr/bin/curl'];
    default:
      return [...required];
  }
}

/** What is bound over an image's root, in this order. */
export function baseBinds(base: BaseImage): Bind[] {
  if (base.system === 'scratch') return [];
  const binds: Bind[] = [];
  const add = (source: string, target = source) => {
    if (existsSync(source)) binds.push({ source, target });
  };
  for (const name of topFolders) if (!isLink(`/${name}`) && /^lib/.test(name)) add(`/${name}`);
  for (const name of shared) if (!isLink(`/usr/${name}`)) add(`/usr/${name}`);
  add('/usr', `${system}/usr`);
  for (const name of ['bin', 'sbin']) if (!isLink(`/${name}`)) add(`/${name}`, `${system}/${name}`);
  for (const name of etcOfSystem) add(`/etc/${name}`);
  add(imageCommandsFile(), commandsFile);
  const chosen = standIn(base)?.interpreter;
  const { language } = base;
  if (!chosen || !language) return binds;
  const real = realpathSync(chosen.command);
  if (language.name === 'go') {
    add(dirname(dirname(real)), language.prefix);
    return binds;
  }
  // An interpreter that is not the system's own finds its library and its modules where it was installed.
  const home = dirname(dirname(real));
  if (!['/', '/usr'].includes(home)) add(home);
  add(real, `${language.prefix}/bin/${language.name === 'python' ? `python${chosen.version}` : 'node'}`);
  if (language.name === 'nodejs') {
    const npm = npmFolder(real);
    if (npm && !npm.startsWith('/usr/') && !npm.startsWith(`${home}/`)) add(npm);
  }
  return binds;
}

/** Changes with everything that the files of a base are made from. */
export const baseStamp = (base: BaseImage): string =>
  JSON.stringify([7, base.name, base.system, standIn(base)?.interpreter, process.arch]);

/** Writes the files of the base image into an empty folder. */
export function writeBase(base: BaseImage, root: string): void {
  const inside = (path: string) => join(root, path);
  const folder = (path: string, mode = 0o755) => {
    mkdirSync(inside(path), { recursive: true });
    if (mode !== 0o755) chmodSync(inside(path), mode);
  };
  const file = (path: string, text: string, mode = 0o644) => {
    folder(dirname(path));
    writeFileSync(inside(path), text, { mode });
  };
  const link = (target: string, path: string) => {
    folder(dirname(path));
    if (!lstatSync(inside(path), { throwIfNoEntry: false })) symlinkSync(target, inside(path));
  };
  for (const path of ['dev', 'proc', 'sys', 'run', 'etc', 'var/tmp', '.slipway']) folder(path);
  for (const path of ['tmp', 'var/tmp']) folder(path, 0o1777);
  if (base.system === 'scratch') return;
  for (const path of ['usr/bin', 'usr/sbin', 'usr/src', 'usr/local/bin', 'usr/local/lib', 'usr/local/sbin'])
    folder(path);
  for (const path of [
    'root',
    'home',
    'opt',
    'srv',
    'mnt',
    'media',
    'var/lib/apt/lists',
    'var/cache',
    'var/log',
  ])
    folder(path);
  for (const name of topFolders) if (isLink(`/${name}`)) link(readlinkSync(`/${name}`), name);
  for (const name of ['bin', 'sbin']) if (!isLink(`/${name}`)) link(`usr/${name}`, name);
  users(base, file, folder);
  if (base.system !== 'distroless') {
    // AWS's build images have rsync, which the CDK's bundling of Python runs.
    const copying = /\/sam\/build-/.test(base.name) ? ['rsync'] : [];
    for (const name of [...(answered.every ?? []), ...(answered[base.system] ?? []), ...copying])
      for (const place of ['bin', 'sbin']) link(commandsFile, `usr/${place}/${name}`);
    for (const path of seenCommands(base)) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      link(`${system}${path}`, `usr/${/sbin\//.test(path) ? 'sbin' : 'bin'}/${name}`);
    }
  }
  const writer: Writer = { inside, folder, file, link };
  interpreterFiles(base, writer);
  if (base.lambda) lambdaFiles(base, writer);
  for (const { source, target } of baseBinds(base)) placeholder(source, inside(target));
}

/** Something to bind over: a folder or an empty file. */
export function placeholder(source: string, target: string): void {
  if (existsSync(target)) return;
  if (lstatSync(realpathSync(source)).isDirectory()) mkdirSync(target, { recursive: true });
  else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, '');
  }
}

function users(
  base: BaseImage,
  file: (path: string, text: string) => void,
  folder: (path: string) => void,
): void {
  const shell = base.system === 'alpine' ? '/bin/sh' : '/bin/bash';
  const own = base.language?.name === 'nodejs' && base.language.prefix === '/usr/local';
  const people = [
    `root:x:0:0:root:/root:${shell}`,
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    'www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    ...(own ? ['node:x:1000:1000::/home/node:/bin/bash'] : []),
    ...(base.system === 'distroless' ? ['nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin'] : []),
  ];
  const groups = [
    'root:x:0:',
    'daemon:x:1:',
    'www-data:x:33:',
    'nogroup:x:65534:',
    ...(own ? ['node:x:1000:'] : []),
  ];
  file('etc/passwd', `${people.join('\n')}\n`);
  file('etc/group', `${groups.join('\n')}\n`);
  if (own) folder('home/node');
  if (base.system === 'distroless') folder('home/nonroot');
  const names = { alpine: 'alpine', amazon: 'amzn', slim: 'debian', full: 'debian' } as const;
  const id = base.system in names ? names[base.system as keyof typeof names] : 'debian';
  file('etc/os-release', `ID=${id}\nNAME="${id} (Slipway: this machine stands in for ${base.name})"\n`);
}
