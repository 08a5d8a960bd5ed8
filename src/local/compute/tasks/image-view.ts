/**
 * A container in the view of its image: its files at their own paths, this machine's interpreter and commands where the
 * base image has them, and the variables, user and folder that the image and the definition say.
 */
import { baseBinds } from '../images/base-files.ts';
import type { BaseImage } from '../images/base-images.ts';
import type { ImageConfig } from '../images/image.ts';
import { userOf } from '../images/run-step.ts';
import { viewCommand } from '../images/view.ts';
import type { CommandLine } from './command.ts';

interface ContainerViewOptions {
  readonly base: BaseImage;
  readonly image: ImageConfig;
  readonly root: string;
  readonly readOnly: boolean;
  readonly workingDirectory: string | undefined;
  readonly user: string | undefined;
}

export interface ContainerView {
  readonly home: string;
  command(line: readonly string[]): CommandLine;
}

/** @throws Error in the words of container engines when the user is not in the image */
export function containerView(options: ContainerViewOptions): ContainerView {
  const { base, image, root } = options;
  const name = options.user || image.User;
  const user = userOf(name, root);
  if (!user) throw new Error(`unable to find user ${name}: no matching entries in passwd file`);
  const binds = baseBinds(base);
  return {
    home: user.home,
    command: (line) =>
      viewCommand({
        root,
        binds,
        folder: options.workingDirectory || image.WorkingDir || '/',
        user,
        readOnly: options.readOnly,
        command: line.map(onLoopback),
      }),
  };
}

/** Containers share this machine's network: what would listen on every address of it listens on its own alone. */
export const onLoopback = (text: string): string =>
  text.replace(/(?<![\d.])0\.0\.0\.0(?![\d.])/g, '127.0.0.1');

interface EnvironmentOptions {
  readonly image: ImageConfig;
  readonly base: BaseImage;
  readonly home: string;
  /** MiB; the heap of Node.js is kept below it. */
  readonly memory: number | undefined;
  readonly containerEnvironment: Readonly<Record<string, string>>;
  readonly platformEnvironment: Readonly<Record<string, string>>;
  /** Replaces PORT, when there is one to replace. */
  readonly port: number | undefined;
}

export function viewEnvironment(options: EnvironmentOptions): Record<string, string> {
  const image = Object.fromEntries(
    options.image.Env.map((pair) => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
  const declared = { ...image, ...options.containerEnvironment };
  const heap = options.memory
    ? `--max-old-space-size=${Math.max(64, Math.floor(options.memory * 0.75))}`
    : '';
  const nodeOptions = [declared.NODE_OPTIONS, options.base.language?.name === 'nodejs' ? heap : '']
    .filter(Boolean)
    .join(' ');
  return {
    HOME: options.home,
    ...Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, onLoopback(value)])),
    HOST: '127.0.0.1',
    ...(options.port === undefined ? {} : { PORT: String(options.port) }),
    ...options.platformEnvironment,
    ...(nodeOptions ? { NODE_OPTIONS: nodeOptions } : {}),
  };
}
