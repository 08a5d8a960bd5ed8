/**
 * The interpreter of a base image in the place where the image has it, with what comes along: pip, npm, corepack, and of
 * AWS's images for functions the entry point and the runtime.
 */
import { cpSync, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BaseImage, standIn } from './base-images.ts';
import {
  lambdaEntrypoint,
  lambdaPlaces,
  nodeBootstrap,
  pythonBootstrap,
  runtimePackage,
} from './lambda-base.ts';

/** Writes into an image's root; paths are without the leading slash. */
export interface Writer {
  inside(path: string): string;
  folder(path: string): void;
  file(path: string, text: string, mode?: number): void;
  link(target: string, path: string): void;
}

export function interpreterFiles(base: BaseImage, writer: Writer): void {
  const { language } = base;
  const chosen = standIn(base)?.interpreter;
  if (!language || !chosen) return;
  const prefix = language.prefix.slice(1);
  const real = realpathSync(chosen.command);
  if (language.name === 'python') {
    pythonFiles(real, chosen.version, prefix, writer);
    // Another version stands in: what names the one that was asked for finds it.
    if (language.version !== undefined && language.version !== chosen.version) {
      writer.link(`python${chosen.version}`, `${prefix}/bin/python${language.version}`);
      writer.link(`python${chosen.version}`, `${prefix}/lib/python${language.version}`);
    }
    if (base.system === 'distroless') writer.link('/usr/local/bin/python3', 'usr/bin/python3');
  } else if (language.name === 'go') {
    for (const path of ['go/src', 'go/bin', prefix]) writer.folder(path);
  } else nodeFiles(real, prefix, writer, base.system !== 'distroless' && !base.lambda);
}

export function lambdaFiles(base: BaseImage, { folder, file, link }: Writer): void {
  file('lambda-entrypoint.sh', lambdaEntrypoint, 0o755);
  for (const path of ['var/task', 'var/runtime', 'opt']) folder(path);
  const { boto, sdk, runtime, ...files } = lambdaPlaces;
  for (const path of Object.values(files)) file(path.slice(1), '');
  folder(runtime.slice(1));
  file('.slipway/package.json', runtimePackage);
  const version = standIn(base)?.interpreter.version ?? '';
  if (base.language?.name === 'python') {
    folder(boto.slice(1));
    file('var/runtime/bootstrap', pythonBootstrap(version), 0o755);
    file(`var/lang/lib/python${version}/site-packages/slipway-brought.pth`, `${boto}\n`);
  } else if (base.language) {
    folder(sdk.slice(1));
    link('runtime/node_modules', 'var/node_modules');
    file('var/runtime/bootstrap', nodeBootstrap, 0o755);
  }
}

/**
 * The standard library is linked file by file below the prefix, so that the interpreter takes it for its own, and
 * packages go beside it. Debian's interpreter would keep them elsewhere: it gets the usual places back.
 */
function pythonFiles(
  real: string,
  version: string,
  prefix: string,
  { inside, folder, file, link }: Writer,
): void {
  const name = `python${version}`;
  const home = dirname(dirname(real));
  const library = join(home, 'lib', name);
  const packages = `${prefix}/lib/${name}/site-packages`;
  folder(packages);
  for (const entry of existsSync(library) ? readdirSync(library) : []) {
    if (
      ['site-packages', 'dist-packages', 'EXTERNALLY-MANAGED', '__pycache__', 'sitecustomize.py'].includes(
        entry,
      )
    )
      continue;
    const path = `${prefix}/lib/${name}/${entry}`;
    if (home === '/usr' && entry === 'sysconfig.py')
      file(
        path,
        readFileSync(join(library, entry), 'utf8').replace(
          "prefix_scheme = 'posix_local'",
          "prefix_scheme = 'posix_prefix'",
        ),
      );
    else link(join(library, entry), path);
  }
  // Its site module, which is compiled in, looks for packages under this name.
  if (home === '/usr') link('site-packages', `${prefix}/lib/${name}/dist-packages`);
  // Packages add headers of their own.
  const headers = join(home, 'include', name);
  folder(`${prefix}/include/${name}`);
  for (const entry of existsSync(headers) ? readdirSync(headers) : [])
    link(join(headers, entry), `${prefix}/include/${name}/${entry}`);
  link(name, `${prefix}/bin/python3`);
  link('python3', `${prefix}/bin/python`);
  const own = join(library, 'site-packages');
  const pip = existsSync(own) ? readdirSync(own).filter((one) => /^pip(-[\d.]+\.dist-info)?$/.test(one)) : [];
  for (const entry of pip)
    cpSync(join(own, entry), inside(`${packages}/${entry}`), { recursive: true, dereference: true });
  const wheel = pip.length > 0 ? undefined : bundledPip(library);
  if (wheel) file(`${packages}/slipway-pip.pth`, `${wheel}\n`);
  const script = `#!/${prefix}/bin/${name}\nimport re, sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
  if (pip.length > 0 || wheel)
    for (const command of ['pip', 'pip3', `pip${version}`]) file(`${prefix}/bin/${command}`, script, 0o755);
}

/** pip as Python carries it for ensurepip; a wheel can be run as it is. */
function bundledPip(library: string): string | undefined {
  for (const folder of [join(library, 'ensurepip', '_bundled'), '/usr/share/python-wheels'])
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (/^pip-.*\.whl$/.test(name)) return join(folder, name);
  return undefined;
}

/** npm as it came with the interpreter. */
export function npmFolder(node: string): string | undefined {
  const places = [resolve(dirname(node), '../lib/node_modules/npm'), '/usr/share/nodejs/npm'];
  const found = places.find((place) => existsSync(join(place, 'bin/npm-cli.js')));
  return found && realpathSync(found);
}

/** https://github.com/nodejs/docker-node#how-to-use-this-image: what is no command is given to node. */
const nodeEntrypoint = `#!/bin/sh
set -e
case "$1" in
  -*) set -- node "$@" ;;
  *) if ! command -v "$1" >/dev/null || { [ -f "$1" ] && [ ! -x "$1" ]; }; then set -- node "$@"; fi ;;
esac
exec "$@"
`;

function nodeFiles(node: string, prefix: string, { folder, file, link }: Writer, official: boolean): void {
  folder(`${prefix}/bin`);
  const modules = `${prefix}/lib/node_modules`;
  const npm = npmFolder(node);
  if (npm) {
    link(npm, `${modules}/npm`);
    link('../lib/node_modules/npm/bin/npm-cli.js', `${prefix}/bin/npm`);
    link('../lib/node_modules/npm/bin/npx-cli.js', `${prefix}/bin/npx`);
  }
  if (!official) return;
  link('node', `${prefix}/bin/nodejs`);
  file(`${prefix}/bin/docker-entrypoint.sh`, nodeEntrypoint, 0o755);
  const corepack = npm && join(dirname(npm), 'corepack');
  if (!corepack || !existsSync(corepack)) return;
  link(corepack, `${modules}/corepack`);
  link('../lib/node_modules/corepack/dist/corepack.js', `${prefix}/bin/corepack`);
}
