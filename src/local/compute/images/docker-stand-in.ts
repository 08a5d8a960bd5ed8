/**
 * The few `docker` commands that the CDK's bundling and asset publishing run: build, run, tag, inspect, images, login,
 * push. Built
 * images are kept in a folder of the user's; anything else is refused by name.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import { baseImage } from './base-images.ts';
import { buildImage } from './build.ts';
import { runImage } from './docker-run.ts';
import { type BuiltImage, blob, type ImageManifest } from './image.ts';
import { pushToRegistry } from './registry-client.ts';

interface StandInOptions {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The build context's folder is relative to this. */
  readonly folder: string;
  readStdin(): Promise<string>;
  print(line: string): void;
  complain(line: string): void;
}

const refuse = (what: string, fix?: string) =>
  new SlipwayError(
    'local.container-unsupported',
    `Slipway's stand-in for docker does not support ${what}`,
    fix ? { fix } : {},
  );

/** @returns the exit code: 1 for `inspect` of an image that is not there, 64 for what is refused */
export async function runDockerStandIn(options: StandInOptions): Promise<number> {
  // Docker's own options stand before the command; the configuration folder holds nothing that is needed here.
  const args = [...options.args];
  while (args[0] === '--config') args.splice(0, 2);
  const [command = '', ...rest] = args;
  const images = createImageFolder(options.environment);
  try {
    switch (command) {
      case '--version':
      case 'version':
        options.print('Docker version 0.0.0 (the stand-in of Slipway: builds without a container engine)');
        return 0;
      case 'build':
        await build(rest, options, images);
        return 0;
      case 'run':
        return await runImage({
          args: rest,
          environment: options.environment,
          find: (name) => {
            const digest = images.tags()[name];
            return digest === undefined ? undefined : images.load(digest);
          },
        });
      case 'image': {
        const [verb, ...names] = rest;
        if (verb !== 'inspect') throw refuse(`docker image ${verb}`);
        const tags = images.tags();
        return names.every((name) => tags[name] !== undefined || baseImage(name) !== undefined) ? 0 : 1;
      }
      case 'tag': {
        const [source = '', target = ''] = rest;
        const found = images.tags()[source];
        if (!found) throw new SlipwayError('local.container-unsupported', `No such image: ${source}`);
        images.tag(target, found);
        return 0;
      }
      case 'inspect': {
        const found = rest.map((name) => [name, images.tags()[name]] as const);
        const missing = found.find(([, digest]) => digest === undefined);
        options.print(JSON.stringify(found.flatMap(([name, Id]) => (Id ? [{ Id, RepoTags: [name] }] : []))));
        if (missing) options.complain(`Error: No such object: ${missing[0]}`);
        return missing ? 1 : 0;
      }
      case 'images': {
        const filter = /^reference=\*\/\*:(.+)$/.exec(rest[rest.indexOf('--filter') + 1] ?? '')?.[1];
        for (const name of Object.keys(images.tags()))
          if (filter === undefined || name.endsWith(`:${filter}`)) options.print(name);
        return 0;
      }
      case 'login':
        images.login(
          rest.at(-1) ?? '',
          option(rest, '--username', '-u') ?? '',
          (await options.readStdin()).trim(),
        );
        options.print('Login Succeeded');
        return 0;
      case 'push':
        await push(rest.at(-1) ?? '', options, images);
        return 0;
      default:
        throw refuse(`docker ${command}`);
    }
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    options.complain(`${error.message}${error.fix ? `\n${error.fix}` : ''}`);
    return 64;
  }
}

const option = (args: readonly string[], ...names: readonly string[]) => {
  const at = args.findIndex((arg) => names.includes(arg));
  return at < 0 ? undefined : args[at + 1];
};

/** Options without effect on the image that is built here. */
const ignored = new Set(['--cache-from', '--cache-to', '--network', '--progress']);
const ignoredFlags = new Set(['--no-cache', '--pull', '--quiet', '-q', '--provenance=false', '--load']);

async function build(args: readonly string[], options: StandInOptions, images: ImageFolder): Promise<void> {
  const buildArgs: Record<string, string> = {};
  const tags: string[] = [];
  let dockerFile: string | undefined;
  let target: string | undefined;
  let platform: string | undefined;
  let directory = '.';
  for (let index = 0; index < args.length; index++) {
    const [name = '', joined] = (args[index] ?? '').split(/=(.*)/s, 2);
    const value = () => joined ?? args[++index] ?? '';
    if (name === '--build-arg') {
      const pair = value();
      const equals = pair.indexOf('=');
      buildArgs[pair.slice(0, equals)] = pair.slice(equals + 1);
    } else if (name === '--tag' || name === '-t') tags.push(value());
    else if (name === '--file' || name === '-f') dockerFile = value();
    else if (name === '--target') target = value();
    else if (name === '--platform') platform = value();
    else if (ignored.has(name)) value();
    else if (ignoredFlags.has(args[index] ?? '')) continue;
    else if (name.startsWith('-')) throw refuse(`docker build ${name}`);
    else directory = args[index] ?? '.';
  }
  const image = await buildImage({
    directory: resolve(options.folder, directory),
    dockerFile,
    buildArgs,
    target,
    platform,
    tell: ({ text }) => options.print(text),
  });
  images.save(image);
  for (const tag of tags) images.tag(tag, image.manifest.digest);
  options.print(`built ${tags.join(', ')} as ${image.manifest.digest}`);
}

async function push(name: string, options: StandInOptions, images: ImageFolder): Promise<void> {
  const digest = images.tags()[name];
  const [, host = '', repositoryName = '', tag = ''] = /^([^/]+)\/(.+):([^:/]+)$/.exec(name) ?? [];
  if (!digest || !host) throw new SlipwayError('local.container-unsupported', `No such image: ${name}`);
  const authorization = images.loginOf(host);
  if (!authorization) throw new SlipwayError('local.container-unsupported', `not logged in to ${host}`);
  const endpoint = options.environment.AWS_ENDPOINT_URL_ECR ?? options.environment.AWS_ENDPOINT_URL;
  if (!endpoint)
    throw refuse(
      'pushing to AWS: its images are only complete on the local cloud',
      'set AWS_ENDPOINT_URL to the local cloud, or let CDK_DOCKER name a container engine',
    );
  await pushToRegistry(images.load(digest), repositoryName, tag, { endpoint, host, authorization });
  options.print(`pushed ${name} (${digest})`);
}

interface ImageFolder {
  tags(): Readonly<Record<string, string>>;
  tag(name: string, digest: string): void;
  save(image: BuiltImage): void;
  load(digest: string): BuiltImage;
  login(host: string, user: string, password: string): void;
  loginOf(host: string): string | undefined;
}

function createImageFolder(environment: StandInOptions['environment']): ImageFolder {
  const root =
    environment.SLIPWAY_IMAGES ??
    join(environment.XDG_CACHE_HOME ?? join(userInfo().homedir || homedir(), '.cache'), 'slipway', 'images');
  // Tokens are kept here: only their owner may read them.
  for (const folder of ['blobs', 'tags', 'logins'])
    mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
  const blobFile = (digest: string) => join(root, 'blobs', digest.replace(':', '-'));
  const nameFile = (folder: string, name: string) =>
    join(root, folder, createHash('sha256').update(name).digest('hex'));
  /** A file is whole or not there: the CDK runs several of these at once. */
  const write = (file: string, data: Buffer | string) => {
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, data, { mode: 0o600 });
    renameSync(partial, file);
  };
  const read = (digest: string, mediaType: string) => blob(mediaType, readFileSync(blobFile(digest)));
  return {
    tags() {
      const all: Record<string, string> = {};
      for (const file of readdirSync(join(root, 'tags')))
        if (/^[0-9a-f]{64}$/.test(file)) {
          const [name = '', digest = ''] = readFileSync(join(root, 'tags', file), 'utf8').split('\n');
          all[name] = digest;
        }
      return all;
    },
    tag: (name, digest) => write(nameFile('tags', name), `${name}\n${digest}`),
    save(image) {
      for (const one of [image.config, ...image.layers, image.manifest])
        if (!existsSync(blobFile(one.digest))) write(blobFile(one.digest), one.data);
    },
    load(digest) {
      const manifest = JSON.parse(readFileSync(blobFile(digest), 'utf8')) as ImageManifest;
      return {
        config: read(manifest.config.digest, manifest.config.mediaType),
        layers: manifest.layers.map((layer) => read(layer.digest, layer.mediaType)),
        manifest: read(digest, manifest.mediaType),
      };
    },
    login: (host, user, password) =>
      write(nameFile('logins', host), Buffer.from(`${user}:${password}`).toString('base64')),
    loginOf(host) {
      const file = nameFile('logins', host);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  };
}
