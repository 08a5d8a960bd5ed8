/**
 * The language interpreters of this machine, by version: on the PATH, and where version managers keep theirs. Looked
 * for once, without running anything but a python3 that does not tell its version by its name.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';

export type Language = 'nodejs' | 'python' | 'java';

export interface Interpreter {
  readonly command: string;
  /** What runtimes are named by: 20, 3.12, 17; as a number that can be compared, 312 for 3.12. */
  readonly order: number;
  readonly version: string;
}

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** `*` stands for every folder there is. */
const folders = (pattern: string): string[] => {
  const [before = '', after] = pattern.split('*', 2);
  if (after === undefined) return existsSync(before) ? [before] : [];
  return list(before)
    .map((name) => join(before, `${name}${after}`))
    .filter((path) => existsSync(path));
};

const home = (...parts: readonly string[]) => join(homedir(), ...parts);
const onPath = () =>
  (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !/[\\/]shims$/.test(folder));

const versionManagers: Readonly<Record<Language, readonly string[]>> = {
  nodejs: [
    join(process.env.NVM_DIR ?? home('.nvm'), 'versions/node/*/bin'),
    home('.local/share/fnm/node-versions/*/installation/bin'),
    home('.volta/tools/image/node/*/bin'),
    home('.asdf/installs/nodejs/*/bin'),
    home('.local/share/mise/installs/node/*/bin'),
    '/usr/local/n/versions/node/*/bin',
    '/opt/homebrew/opt/*/bin',
  ],
  python: [
    join(process.env.PYENV_ROOT ?? home('.pyenv'), 'versions/*/bin'),
    home('.local/share/uv/python/*/bin'),
    home('.asdf/installs/python/*/bin'),
    home('.local/share/mise/installs/python/*/bin'),
    ...['/usr/local/bin', '/usr/bin', '/opt/homebrew/bin'],
  ],
  java: [
    '/usr/lib/jvm/*/bin',
    home('.sdkman/candidates/java/*/bin'),
    home('.asdf/installs/java/*/bin'),
    home('.local/share/mise/installs/java/*/bin'),
    '/Library/Java/JavaVirtualMachines/*/Contents/Home/bin',
  ],
};

/** Oldest first; of one version the first that was found. */
export function interpretersOf(language: Language): readonly Interpreter[] {
  let known = found.get(language);
  if (!known) {
    const all = new Map<number, Interpreter>();
    const places = [...onPath(), ...versionManagers[language].flatMap(folders)];
    for (const one of search[language](places)) if (!all.has(one.order)) all.set(one.order, one);
    known = [...all.values()].sort((a, b) => a.order - b.order);
    found.set(language, known);
  }
  return known;
}
const found = new Map<Language, readonly Interpreter[]>();

const search: Readonly<Record<Language, (places: readonly string[]) => Iterable<Interpreter>>> = {
  *nodejs(places) {
    yield nodeOf(process.execPath, process.versions.node);
    for (const place of places) {
      const version =
        /(?:^|[\\/@v])(\d+\.\d+\.\d+)(?=[\\/])/.exec(place)?.[1] ?? /node@(\d+)/.exec(place)?.[1];
      if (version !== undefined && existsSync(join(place, 'node')))
        yield nodeOf(join(place, 'node'), version);
    }
  },
  *python(places) {
    for (const place of places)
      for (const name of list(place)) {
        const version = /^python(3\.\d+)$/.exec(name)?.[1];
        if (version !== undefined) yield pythonOf(join(place, name), version);
      }
    for (const place of onPath()) {
      const command = join(place, 'python3');
      if (!existsSync(command)) continue;
      const version = /^python(3\.\d+)/.exec(basename(realpathSync(command)))?.[1] ?? askedVersion(command);
      if (version !== undefined) yield pythonOf(command, version);
    }
  },
  *java(places) {
    const homes = [...(process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin')] : []), ...places];
    for (const place of homes) {
      const command = join(place, 'java');
      if (!existsSync(command)) continue;
      const release = join(dirname(dirname(realpathSync(command))), 'release');
      const text = existsSync(release) ? readFileSync(release, 'utf8') : '';
      const version = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(text)?.[1];
      if (version !== undefined) yield { command, version, order: Number(version) };
    }
  },
};

function nodeOf(command: string, full: string): Interpreter {
  const version = full.split('.')[0] ?? '';
  return { command, version, order: Number(version) };
}

const pythonOf = (command: string, version: string): Interpreter => ({
  command,
  version,
  order: pythonOrder(version),
});

export const pythonOrder = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 100 + minor;
};

function askedVersion(command: string): string | undefined {
  try {
    const told = execFileSync(command, ['--version'], { encoding: 'utf8', timeout: 5000 });
    return /(3\.\d+)/.exec(told)?.[1];
  } catch {
    return undefined;
  }
}
