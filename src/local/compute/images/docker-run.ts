/**
 * `docker run`, as far as the CDK's bundling asks for it: one command in an image that was built here or in a base image,
 * with folders of this machine bound into its view. Everything else of the view is thrown away.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.BundlingOptions.html
 */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import { createRootfsStore } from '../tasks/rootfs.ts';
import { baseBinds } from './base-files.ts';
import { baseImage } from './base-images.ts';
import type { BuiltImage, ImageConfig, ImageConfigFile, ImageManifest } from './image.ts';
import { createLayerCache } from './layer-cache.ts';
import { machineNetwork, userOf } from './run-step.ts';
import { viewCommand, viewsMissing } from './view.ts';

interface RunOptions {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** An image that was built and tagged. */
  find(name: string): BuiltImage | undefined;
}

interface Asked {
  readonly volumes: { readonly source: string; readonly target: string; readonly writable: boolean }[];
  readonly environment: Record<string, string>;
  user?: string;
  folder?: string;
  entrypoint?: string;
  image: string;
  readonly command: string[];
}

const unsupported = (what: string, fix?: string) =>
  new SlipwayError('local.container-unsupported', what, fix ? { fix } : {});

/** @returns the command's exit code */
export async function runImage(options: RunOptions): Promise<number> {
  const missing = viewsMissing();
  if (missing) throw unsupported(`docker run cannot be stood in for: ${missing}`);
  const asked = parse(options.args);
  const built = options.find(asked.image);
  const baseName = built
    ? (JSON.parse(built.manifest.data.toString()) as ImageManifest).annotations?.[
        'org.opencontainers.image.base.name'
      ]
    : asked.image;
  const base = baseImage(baseName ?? '');
  if (!base)
    throw unsupported(
      `docker run of ${asked.image}: it was not built here, and this machine cannot stand in for it`,
    );
  const config: Pick<ImageConfig, 'Env' | 'Entrypoint' | 'Cmd' | 'WorkingDir' | 'User'> = built
    ? (JSON.parse(built.config.data.toString()) as ImageConfigFile).config
    : {
        Env: Object.entries(base.env).map(([name, value]) => `${name}=${value}`),
        WorkingDir: base.workdir,
        ...(base.entrypoint ? { Entrypoint: base.entrypoint } : {}),
        ...(base.cmd ? { Cmd: base.cmd } : {}),
      };
  const work = createLayerCache().workFolder();
  try {
    const layers = (built?.layers ?? []).map(({ data }) => data);
    const root = await createRootfsStore(work).unpacked('root', () => Promise.resolve(layers), base);
    for (const { target } of asked.volumes) mkdirSync(join(root, target), { recursive: true });
    const folder = asked.folder || config.WorkingDir || '/';
    mkdirSync(join(root, folder), { recursive: true });
    const user = userOf(asked.user ?? config.User, root);
    if (!user)
      throw unsupported(
        `unable to find user ${asked.user ?? config.User}: no matching entries in passwd file`,
      );
    const entrypoint = asked.entrypoint === undefined ? (config.Entrypoint ?? []) : [asked.entrypoint];
    const command =
      asked.command.length > 0 || asked.entrypoint !== undefined ? asked.command : (config.Cmd ?? []);
    const view = viewCommand({
      root,
      binds: [...baseBinds(base), ...asked.volumes],
      folder,
      user,
      command: [...entrypoint, ...command],
    });
    const own = Object.fromEntries(config.Env.map((pair) => splitPair(pair)));
    const env = { ...machineNetwork(options.environment), HOME: user.home, ...own, ...asked.environment };
    const child = spawn(view.file, view.args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 137));
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const splitPair = (pair: string): readonly [string, string] => {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
};

/** Without effect here: the platform is this machine's, and the network too. */
const ignored = new Set(['--platform', '--security-opt', '--name']);

function parse(args: readonly string[]): Asked {
  const asked: Asked = { volumes: [], environment: {}, image: '', command: [] };
  for (let index = 0; index < args.length; index++) {
    const [name = '', joined] = (args[index] ?? '').split(/=(.*)/s, 2);
    const value = () => joined ?? args[++index] ?? '';
    switch (name) {
      case '--rm':
      case '-i':
      case '-t':
      case '-it':
        break;
      case '-v':
      case '--volume': {
        const [source = '', target = '', mode = ''] = value().split(':');
        asked.volumes.push({ source, target, writable: !mode.split(',').includes('ro') });
        break;
      }
      case '-e':
      case '--env': {
        const [key, text] = splitPair(value());
        asked.environment[key] = text;
        break;
      }
      case '-u':
      case '--user':
        asked.user = value();
        break;
      case '-w':
      case '--workdir':
        asked.folder = value();
        break;
      case '--entrypoint':
        asked.entrypoint = value();
        break;
      case '--network': {
        const network = value();
        if (!['host', 'bridge', 'default'].includes(network))
          throw unsupported(`docker run --network ${network}`);
        break;
      }
      default:
        if (ignored.has(name)) value();
        else if (name.startsWith('-')) throw unsupported(`docker run ${name}`);
        else {
          asked.image = args[index] ?? '';
          asked.command.push(...args.slice(index + 1));
          return asked;
        }
    }
  }
  throw unsupported('docker run without an image');
}
