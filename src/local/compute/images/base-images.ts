/**
 * The base images that this machine's own interpreters, commands and libraries can stand for, recognised by family.
 * Others are refused by name: nothing is ever pulled.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Interpreter, interpretersOf, pythonOrder } from '../interpreters.ts';

/** What commands a base image brings besides its language: which of this machine's are seen. */
export type BaseSystem = 'slim' | 'full' | 'alpine' | 'amazon' | 'distroless' | 'scratch';

export interface BaseLanguage {
  readonly name: 'nodejs' | 'python' | 'go';
  /** As the tag says it, `20` or `3.12`; undefined for `latest` and its like. */
  readonly version: string | undefined;
  /** The folder that bin and lib of the interpreter are in. */
  readonly prefix: string;
}

export interface BaseImage {
  /** As the Dockerfile has it. */
  readonly name: string;
  readonly system: BaseSystem;
  readonly language: BaseLanguage | undefined;
  /** One of AWS's images for functions. */
  readonly lambda: boolean;
  /** The image brings uv. */
  readonly uv: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[] | undefined;
  readonly cmd: readonly string[] | undefined;
  readonly workdir: string;
  readonly user: string | undefined;
}

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const plain = {
  language: undefined,
  lambda: false,
  uv: false,
  env: { PATH: usualPath },
  entrypoint: undefined,
  cmd: undefined,
  workdir: '/',
  user: undefined,
} as const;

/** Names of Docker's official images, on Docker Hub and on its mirrors. */
const official =
  /^(?:(?:docker\.io|registry-1\.docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(?:(?:library|amd64|arm64v8)\/)?([\w-]+)(?::([\w.-]+))?$/;
const lambda = /^(?:public\.ecr\.aws\/lambda\/|(?:docker\.io\/)?amazon\/aws-lambda-)(\w+)(?::([\w.-]+))?$/;
/** AWS's images for builds of functions: the interpreters of its base images, and the tools of a full one. */
const samBuild = /^public\.ecr\.aws\/sam\/build-(nodejs|python|provided)([\w.]*)(?::[\w.-]+)?$/;
const distroless =
  /^gcr\.io\/distroless\/(nodejs|python3?|static|base|base-nossl|cc)(\d*)(?:-debian\d+)?(?::([\w.-]+))?$/;
const uv = /^ghcr\.io\/astral-sh\/uv(?::([\w.-]+))?$/;

export function baseImage(name: string): BaseImage | undefined {
  const reference = name.replace(/@sha256:[0-9a-f]{64}$/, '');
  if (reference === 'scratch') return { ...plain, name, system: 'scratch', env: { PATH: usualPath } };
  const [, family, tag = ''] = official.exec(reference.replace('public.ecr.aws/amazonlinux/', '')) ?? [];
  if (family !== undefined) return officialImage(name, family, tag);
  const [, kind, version = ''] = lambda.exec(reference) ?? [];
  if (kind !== undefined) return lambdaImage(name, kind, version);
  const [, buildKind, buildVersion = ''] = samBuild.exec(reference) ?? [];
  if (buildKind !== undefined) {
    const image = lambdaImage(name, buildKind, buildVersion);
    return (
      image && {
        ...image,
        system: 'full',
        lambda: false,
        entrypoint: undefined,
        cmd: ['/bin/bash'],
        workdir: '/',
      }
    );
  }
  const [, content, major = '', variant] = distroless.exec(reference) ?? [];
  if (content !== undefined) return distrolessImage(name, content, major, variant);
  // https://docs.astral.sh/uv/guides/integration/docker/#available-images
  const uvTag = uv.exec(reference)?.[1];
  const under = /^(?:[\d.]+-)?(python[\d.]*|debian|bookworm|trixie|alpine)(-.*)?$/.exec(uvTag ?? '');
  if (under) {
    const [, what = '', rest = ''] = under;
    const python = /^python([\d.]*)/.exec(what);
    const tagged = python ? `${python[1]}${rest}` : rest.replace(/^-/, '');
    const base = officialImage(name, python ? 'python' : what === 'alpine' ? 'alpine' : 'debian', tagged);
    return base && { ...base, uv: true, entrypoint: undefined, cmd: ['/usr/local/bin/uv'] };
  }
  return undefined;
}

/** The images whose only files are uv's, for COPY --from. @returns the version that is asked for, or `latest` */
export function uvImageVersion(name: string): string | undefined {
  const found = uv.exec(name.replace(/@sha256:[0-9a-f]{64}$/, ''));
  return found && !baseImage(name) ? (found[1] ?? 'latest') : undefined;
}

const nodeReleases: Readonly<Record<string, string>> = {
  ...{ gallium: '16', hydrogen: '18', iron: '20', jod: '22', krypton: '24' },
};

function systemOf(tag: string): BaseSystem {
  if (/(^|-)alpine/.test(tag)) return 'alpine';
  return /(^|-)slim(-|$)/.test(tag) ? 'slim' : 'full';
}

function officialImage(name: string, family: string, tag: string): BaseImage | undefined {
  const image = { ...plain, name };
  switch (family) {
    // https://github.com/nodejs/docker-node: the entry point passes on to node what is no command.
    case 'node': {
      const version = /^(\d+)/.exec(tag)?.[1] ?? nodeReleases[/^[a-z]+/.exec(tag)?.[0] ?? ''];
      const language = { name: 'nodejs', version, prefix: '/usr/local' } as const;
      return {
        ...image,
        system: systemOf(tag),
        language,
        entrypoint: ['docker-entrypoint.sh'],
        cmd: ['node'],
      };
    }
    // https://github.com/docker-library/python
    case 'python': {
      const version = /^(3(?:\.\d+)?)/.exec(tag)?.[1];
      if (/^2/.test(tag)) return undefined;
      const language = {
        name: 'python',
        version: version === '3' ? undefined : version,
        prefix: '/usr/local',
      } as const;
      const env = { PATH: `/usr/local/bin:${usualPath}`, LANG: 'C.UTF-8' };
      return { ...image, system: systemOf(tag), language, env, cmd: ['python3'] };
    }
    case 'debian':
    case 'ubuntu':
      return { ...image, system: 'slim', cmd: [family === 'ubuntu' ? '/bin/bash' : 'bash'] };
    case 'buildpack-deps':
      return { ...image, system: 'full', cmd: ['bash'] };
    case 'alpine':
      return { ...image, system: 'alpine', cmd: ['/bin/sh'] };
    case 'amazonlinux':
      return { ...image, system: 'amazon', cmd: ['/bin/bash'] };
    // https://github.com/docker-library/golang
    case 'golang':
      return {
        ...image,
        system: systemOf(tag) === 'slim' ? 'full' : systemOf(tag),
        language: { name: 'go', version: /^1\.\d+/.exec(tag)?.[0], prefix: '/usr/local/go' },
        env: { GOTOOLCHAIN: 'local', GOPATH: '/go', PATH: `/go/bin:/usr/local/go/bin:${usualPath}` },
        cmd: ['bash'],
        workdir: '/go',
      };
    default:
      return undefined;
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
function lambdaImage(name: string, kind: string, tag: string): BaseImage | undefined {
  const version = kind === 'python' ? /^3\.\d+/.exec(tag)?.[0] : /^\d+/.exec(tag)?.[0];
  if (!['nodejs', 'python', 'provided'].includes(kind)) return undefined;
  return {
    ...plain,
    name,
    system: 'amazon',
    lambda: true,
    language:
      kind === 'provided'
        ? undefined
        : { name: kind === 'python' ? 'python' : 'nodejs', version, prefix: '/var/lang' },
    env: {
      LANG: 'en_US.UTF-8',
      TZ: ':/etc/localtime',
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
    },
    entrypoint: ['/lambda-entrypoint.sh'],
    workdir: '/var/task',
  };
}

/** https://github.com/GoogleContainerTools/distroless: no shell, and the command is a script for the interpreter. */
function distrolessImage(name: string, content: string, major: string, variant = ''): BaseImage {
  const image: BaseImage = {
    ...plain,
    name,
    // The debug images bring busybox's shell.
    system: variant.includes('debug') ? 'alpine' : 'distroless',
    ...(variant.includes('nonroot') ? { user: '65532', workdir: '/home/nonroot' } : {}),
  };
  if (content === 'nodejs')
    return {
      ...image,
      language: { name: 'nodejs', version: major || undefined, prefix: '/nodejs' },
      entrypoint: ['/nodejs/bin/node'],
    };
  if (content.startsWith('python'))
    return {
      ...image,
      language: { name: 'python', version: undefined, prefix: '/usr/local' },
      entrypoint: ['/usr/bin/python3'],
    };
  return image;
}

export interface StandIn {
  readonly interpreter: Interpreter;
  /** What is said when the version is another one. */
  readonly said: string | undefined;
}

/** This machine's interpreter for a base image: the version asked for, else the next newer one. */
export function standIn(base: BaseImage): StandIn | undefined {
  const { language } = base;
  if (!language) return undefined;
  if (language.name === 'go') return goStandIn(base, language.version);
  const all = interpretersOf(language.name).filter(({ order }) => language.name !== 'python' || order >= 308);
  const title = titles[language.name];
  if (language.version === undefined) {
    const newest = language.name === 'nodejs' ? all.find(isOwn) : all.at(-1);
    return newest && { interpreter: newest, said: undefined };
  }
  const wanted = language.name === 'python' ? pythonOrder(language.version) : Number(language.version);
  const interpreter = all.find(({ order }) => order >= wanted) ?? all.at(-1);
  if (!interpreter) return undefined;
  const said =
    interpreter.order === wanted
      ? undefined
      : `${title} ${interpreter.version} of this machine stands in for the ${language.version} of ${base.name}`;
  return { interpreter, said };
}

/**
 * A path of an image in the place where this machine has it: packages of Python lie in a folder that has the version in
 * its name, and another version may stand in.
 */
export function placedHere(path: string, base: BaseImage): string {
  const { language } = base;
  const version = standIn(base)?.interpreter.version;
  if (language?.name !== 'python' || language.version === undefined || version === undefined) return path;
  return path.replace(
    new RegExp(`(?<=/)python${language.version.replace('.', '\\.')}(?=/|$)`),
    `python${version}`,
  );
}

export const titles = { nodejs: 'Node.js', python: 'Python', go: 'Go' } as const;

/** This machine's Go: it compiles what was written for an older one. */
function goStandIn(base: BaseImage, wanted: string | undefined): StandIn | undefined {
  const places = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/go/bin', '/usr/lib/go/bin'];
  const command = places.map((folder) => join(folder, 'go')).find((file) => existsSync(file));
  if (command === undefined) return undefined;
  const real = realpathSync(command);
  const versionFile = join(dirname(dirname(real)), 'VERSION');
  const text = existsSync(versionFile) ? readFileSync(versionFile, 'utf8') : '';
  const version = /^go(1\.\d+)/.exec(text)?.[1];
  if (version === undefined) return undefined;
  const said =
    wanted === undefined || wanted === version
      ? undefined
      : `Go ${version} of this machine stands in for the ${wanted} of ${base.name}`;
  return { interpreter: { command: real, version, order: Number(version.slice(2)) }, said };
}

const isOwn = ({ command }: Interpreter) => command === process.execPath;
