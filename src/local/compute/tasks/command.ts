/**
 * From what an image and a container definition say to what is started here: `node` is this machine's Node.js,
 * absolute paths that the image has lead into its files, and nothing of the host's environment is passed on.
 * Commands that only the base image would bring (npm, yarn) are refused by name.
 */
import { existsSync } from 'node:fs';
import { delimiter, join, posix } from 'node:path';
import { SlipwayError } from '../../../core/errors.ts';
import type { ImageConfig } from '../images/image.ts';

export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
}

const nodeNames = new Set([
  ...['node', 'nodejs', '/usr/local/bin/node', '/usr/bin/node', '/nodejs/bin/node', '/usr/local/bin/nodejs'],
]);
const shells = new Set(['sh', '/bin/sh', 'bash', '/bin/bash']);

/** https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact */
export function containerCommand(
  image: ImageConfig,
  entryPoint: readonly string[] | undefined,
  command: readonly string[] | undefined,
): readonly string[] {
  const cmd = command?.length ? command : entryPoint?.length ? [] : (image.Cmd ?? []);
  return [...(entryPoint?.length ? entryPoint : (image.Entrypoint ?? [])), ...cmd];
}

/** @param root the folder with the image's files */
export function resolveCommand(line: readonly string[], root: string): CommandLine {
  const [first = '', ...rest] = line;
  const map = (text: string) => mapPath(text, root);
  // The official image's entry point hands what is a command to itself, and the rest to node.
  if (posix.basename(first) === 'docker-entrypoint.sh' && !existsSync(join(root, first))) {
    const [command = '', ...args] = rest;
    const asNode = command.startsWith('-') || (!isCommand(command, root) && command !== '');
    return resolveCommand(asNode ? ['node', ...rest] : [command || 'node', ...args], root);
  }
  if (first === '')
    throw new SlipwayError(
      'local.container-unsupported',
      'the container has no command: set CMD or ENTRYPOINT',
    );
  if (nodeNames.has(first)) return { file: process.execPath, args: rest.map(map) };
  if (shells.has(first)) return { file: '/bin/sh', args: rest.map((text) => mapInside(text, root)) };
  const mapped = first.startsWith('/') ? map(first) : first;
  if (mapped !== first || (first.includes('/') && !first.startsWith('/')))
    return { file: mapped, args: rest.map(map) };
  throw new SlipwayError(
    'local.container-unsupported',
    `the command ${first} is not in the image's own files; only node and /bin/sh are there from the base image`,
    { fix: `start the program with node, e.g. CMD ["node", "server.mjs"]` },
  );
}

/**
 * A health check may also use what every base image has, such as `true` or `test`: this machine's stand in for them.
 * What is not there fails the check.
 */
export function resolveCheck(line: readonly string[], root: string): CommandLine {
  const [first = '', ...rest] = line;
  if (first === '' || first.includes('/') || nodeNames.has(first) || shells.has(first))
    return resolveCommand(line, root);
  return { file: first, args: rest.map((text) => mapPath(text, root)) };
}

const isCommand = (command: string, root: string) =>
  nodeNames.has(command) ||
  shells.has(command) ||
  /^(npm|npx|yarn|corepack)$/.test(command) ||
  (command.startsWith('/') && existsSync(join(root, command)));

/** `/app/x` and `--option=/app/x` lead into the image's files when it has that path. */
function mapPath(text: string, root: string): string {
  const match = /^(--?[\w-]+=)?(?:file:\/\/)?(\/.+)$/.exec(text);
  const path = match?.[2];
  return path !== undefined && existsSync(join(root, path)) ? `${match?.[1] ?? ''}${join(root, path)}` : text;
}

const mapInside = (text: string, root: string) =>
  text.replace(
    /(^|[\s=])(\/[^\s;|&'"]+)/g,
    (_, before: string, path: string) => before + mapPath(path, root),
  );

interface EnvironmentOptions {
  readonly image: ImageConfig;
  readonly root: string;
  /** Folder with a `node` that is this machine's. */
  readonly binFolder: string;
  /** MiB; the heap is kept below it. */
  readonly memory: number | undefined;
  readonly containerEnvironment: Readonly<Record<string, string>>;
  readonly platformEnvironment: Readonly<Record<string, string>>;
  /** Replaces PORT, when there is one to replace. */
  readonly port: number | undefined;
  readonly temporaryFolder: string;
}

export function containerEnvironment(options: EnvironmentOptions): Record<string, string> {
  const image = Object.fromEntries(
    options.image.Env.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
  const declared = { ...image, ...options.containerEnvironment };
  const mapped = Object.fromEntries(
    Object.entries(declared).map(([name, value]) => [
      name,
      name === 'NODE_OPTIONS' ? mapInside(value, options.root) : mapPath(value, options.root),
    ]),
  );
  const heap = options.memory
    ? `--max-old-space-size=${Math.max(64, Math.floor(options.memory * 0.75))}`
    : '';
  return {
    // The image's files first: node_modules/.bin on its PATH keeps working.
    ...mapped,
    PATH: [options.binFolder, ...imageFolders(declared.PATH, options.root), '/usr/bin', '/bin'].join(
      delimiter,
    ),
    HOME: mapped.HOME ?? options.temporaryFolder,
    TMPDIR: options.temporaryFolder,
    HOST: '127.0.0.1',
    ...(options.port === undefined ? {} : { PORT: String(options.port) }),
    ...options.platformEnvironment,
    NODE_OPTIONS: [mapped.NODE_OPTIONS, heap].filter(Boolean).join(' '),
  };
}

const imageFolders = (path: string | undefined, root: string) =>
  (path ?? '')
    .split(':')
    .filter((folder) => folder.startsWith('/') && existsSync(join(root, folder)))
    .map((folder) => join(root, folder));

/** The folder relative paths of a command start from. */
export const workingFolder = (root: string, image: ImageConfig, workingDirectory: string | undefined) =>
  join(root, workingDirectory || image.WorkingDir || '/');
