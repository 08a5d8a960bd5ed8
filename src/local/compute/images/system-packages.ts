/**
 * The packages of this machine's own system, as far as dpkg knows them: which commands a slim base image would have,
 * and what `apt-get install` in a Dockerfile can be satisfied with. Nothing is ever installed.
 */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface SystemPackages {
  /** Names of the commands that Debian's required packages bring. */
  readonly required: readonly string[];
  /** What is missing on this machine for these packages, by Debian's names. */
  missing(names: readonly string[]): readonly string[];
  /** Paths of the commands of these packages and of all that they depend on. */
  commands(names: readonly string[]): readonly string[];
}

const dpkgFolder = '/var/lib/dpkg';

let known: SystemPackages | undefined;
export function systemPackages(): SystemPackages {
  known ??= existsSync(join(dpkgFolder, 'status')) ? debianPackages() : otherPackages();
  return known;
}

interface Package {
  readonly essential: boolean;
  readonly needs: readonly string[];
}

function debianPackages(): SystemPackages {
  const packages = new Map<string, Package>();
  const providers = new Map<string, string>();
  for (const paragraph of readFileSync(join(dpkgFolder, 'status'), 'utf8').split('\n\n')) {
    const fields = new Map<string, string>();
    for (const [, key = '', value = ''] of paragraph.matchAll(/^([A-Za-z-]+): ?(.*)$/gm))
      fields.set(key, value);
    const name = fields.get('Package');
    if (name === undefined || !/ installed$/.test(fields.get('Status') ?? '')) continue;
    packages.set(name, {
      essential: fields.get('Essential') === 'yes' || fields.get('Priority') === 'required',
      needs: [...names(fields.get('Depends')), ...names(fields.get('Pre-Depends'))],
    });
    for (const virtual of names(fields.get('Provides'))) providers.set(virtual, name);
  }
  const find = (name: string) => (packages.has(name) ? name : providers.get(name));
  const closure = (wanted: readonly string[]) => {
    const found = new Set<string>();
    const queue = [...wanted];
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const real = find(name);
      if (real === undefined || found.has(real)) continue;
      found.add(real);
      queue.push(...(packages.get(real)?.needs ?? []));
    }
    return found;
  };
  const lists = new Map(
    readdirSync(join(dpkgFolder, 'info'))
      .filter((file) => file.endsWith('.list'))
      .map((file) => [file.replace(/(:\w+)?\.list$/, ''), join(dpkgFolder, 'info', file)]),
  );
  const commandsOf = (name: string) => {
    const list = lists.get(name);
    const paths = list ? (readFileSync(list, 'utf8').match(/^(?:\/usr)?\/s?bin\/[^/\n]+$/gm) ?? []) : [];
    // Packages still name /bin, where /bin is a link to /usr/bin.
    return merged ? paths.map((path) => path.replace(/^(?!\/usr\/)/, '/usr')) : paths;
  };
  const merged = lstatSync('/bin').isSymbolicLink();
  return {
    required: [
      ...[...packages].filter(([, one]) => one.essential).flatMap(([name]) => commandsOf(name)),
      // Links that packages make when they are set up.
      ...['/usr/bin/awk', '/usr/bin/nawk', '/usr/bin/which', '/usr/bin/pager'],
    ],
    missing: (wanted) => wanted.filter((name) => find(name) === undefined),
    commands: (wanted) => [...closure(wanted)].flatMap(commandsOf),
  };
}

/** First choices of `a | b (>= 1), c:any`. */
const names = (field = ''): string[] =>
  field
    .split(',')
    .map((part) => (part.split('|')[0] ?? '').replace(/\(.*?\)|:\w+/g, '').trim())
    .filter(Boolean);

/** Without dpkg a package is there when a command of its name is; libraries cannot be told. */
function otherPackages(): SystemPackages {
  const find = (name: string) =>
    (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path));
  return {
    required: [],
    missing: (wanted) => wanted.filter((name) => !find(name) && !filesOnly.has(name)),
    commands: (wanted) => wanted.flatMap((name) => find(name) ?? []),
  };
}

/** Packages whose files every machine has in some form. */
const filesOnly = new Set(['ca-certificates', 'tzdata', 'netbase']);

/** Debian's names of what Alpine's and Amazon Linux's packages bring; [] for what is always there. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  'build-base': ['build-essential'],
  'py3-pip': ['python3-pip'],
  'libc6-compat': [],
  gcompat: [],
  'musl-dev': ['libc6-dev'],
  'libc-dev': ['libc6-dev'],
  'linux-headers': ['linux-libc-dev'],
  'openssl-dev': ['libssl-dev'],
  'openssl-devel': ['libssl-dev'],
  'libffi-dev': ['libffi-dev'],
  'libffi-devel': ['libffi-dev'],
  'postgresql-dev': ['libpq-dev'],
  'postgresql-devel': ['libpq-dev'],
  'libpq-devel': ['libpq-dev'],
  libpq: ['libpq5'],
  'postgresql-libs': ['libpq5'],
  'python3-dev': ['python3-dev'],
  'python3-devel': ['python3-dev'],
  'libxml2-dev': ['libxml2-dev'],
  'libxslt-dev': ['libxslt1-dev'],
  'jpeg-dev': ['libjpeg-dev'],
  'zlib-dev': ['zlib1g-dev'],
  'mariadb-dev': ['libmariadb-dev'],
  'vips-dev': ['libvips-dev'],
  'gcc-c++': ['g++'],
  'openssh-client': ['openssh-client'],
  'ca-certificates-bundle': ['ca-certificates'],
  libstdc: ['libstdc++6'],
  'libstdc++': ['libstdc++6'],
  libgcc: ['libgcc-s1'],
  'procps-ng': ['procps'],
  shadow: [],
  'shadow-utils': [],
  'util-linux': [],
  coreutils: [],
  findutils: [],
  'icu-libs': ['libicu72'],
  tini: ['tini'],
};

export const debianNames = (name: string): readonly string[] =>
  Object.hasOwn(otherNames, name) ? (otherNames[name] ?? []) : [name];

/**
 * The packages that a shell command installs, found in its text; what only the shell would know is left out.
 * @returns Debian's names by the name that is written
 */
export function installedPackages(script: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const text = script.replace(/\\\r?\n/g, ' ').replace(/#.*$/gm, '');
  const commands =
    /\b(apt-get|apt|aptitude|apk|dnf|microdnf|yum)\s+((?:-{1,2}[\w:=.-]+\s+)*)(install|add)\b([^;&|\n)]*)/g;
  for (const [, tool, , verb, rest = ''] of text.matchAll(commands)) {
    if ((verb === 'add') !== (tool === 'apk')) continue;
    const parts = rest.trim().split(/\s+/).filter(Boolean);
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? '';
      // Options that take a value of their own.
      if (/^(-o|-t|--virtual|--repository|-X|--target-release)$/.test(part)) index++;
      else if (/^[a-z0-9][a-z0-9+.-]*(?:[=<>~@:][^\s]*)?$/i.test(part)) {
        const name = part.replace(/[=<>~@:].*$/, '');
        found.set(name, tool?.startsWith('apt') ? [name] : debianNames(name));
      }
    }
  }
  return found;
}
