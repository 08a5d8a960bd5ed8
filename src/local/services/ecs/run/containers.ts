/** Starts one container of a task as a process, with the environment, files and limits its definition asks for. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerDefinition, ContainerOverride } from '@aws-sdk/client-ecs';
import type { Clock } from '../../../../core/clock.ts';
import { SlipwayError } from '../../../../core/errors.ts';
import { reasonOf } from '../../../../core/events.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { BaseImage } from '../../../compute/images/base-images.ts';
import type { ImageConfig } from '../../../compute/images/image.ts';
import type { PulledImage } from '../../../compute/images/pull.ts';
import {
  type CommandLine,
  containerCommand,
  containerEnvironment,
  resolveCheck,
  resolveCommand,
  workingFolder,
} from '../../../compute/tasks/command.ts';
import { freePort } from '../../../compute/tasks/free-port.ts';
import { containerView, viewEnvironment } from '../../../compute/tasks/image-view.ts';
import { type ContainerProcess, runCheck, startProcess } from '../../../compute/tasks/process.ts';
import type { Reaper } from '../../../compute/tasks/reaper.ts';
import type { RootfsStore } from '../../../compute/tasks/rootfs.ts';
import type { ContainerLog } from './logs.ts';

export interface Machine {
  readonly rootfs: RootfsStore;
  readonly reaper: Reaper;
  /** Has a `node` that is this machine's. */
  readonly binFolder: string;
  /** Temporary folders of tasks, by task. */
  readonly temporary: string;
}

export function createBinFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  try {
    symlinkSync(process.execPath, join(folder, 'node'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return folder;
}

interface StartOptions {
  readonly machine: Machine;
  readonly taskId: string;
  readonly definition: ContainerDefinition;
  readonly override: ContainerOverride | undefined;
  readonly taskMemory: number;
  readonly image: PulledImage;
  readonly secrets: Readonly<Record<string, string>>;
  readonly platform: Readonly<Record<string, string>>;
  readonly log: ContainerLog | undefined;
  readonly clock: Clock;
}

export interface RunningContainer {
  readonly process: ContainerProcess;
  /** The last lines of its output, to explain why it ended. */
  tail(): string;
  check(command: readonly string[], seconds: number): ReturnType<typeof runCheck>;
  /** @param maxSeconds seconds until it is killed, where its own stop timeout is longer */
  stop(maxSeconds?: number): Promise<unknown>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_timeout */
const defaultStopTimeout = 30;
const tailLines = 8;

export async function startContainer(options: StartOptions): Promise<RunningContainer> {
  const { machine, definition, override, image, taskId, clock } = options;
  const id = `${taskId}/${definition.name}`;
  const readOnly = definition.readonlyRootFilesystem === true;
  const { base } = image;
  const root = readOnly ? image.root : await machine.rootfs.writableCopy(image.root, id, base !== undefined);
  const pairs = [...(definition.environment ?? []), ...(override?.environment ?? [])];
  const declared = Object.fromEntries(pairs.map(({ name = '', value = '' }) => [name, value]));
  const given = {
    image: image.config,
    memory: override?.memory ?? definition.memory ?? options.taskMemory,
    containerEnvironment: { ...declared, ...options.secrets },
    platformEnvironment: options.platform,
    port: wantsPort(definition, image, declared) ? await freePort() : undefined,
  };
  const line = containerCommand(image.config, definition.entryPoint, override?.command ?? definition.command);
  const { folder, environment, resolve } = base
    ? inView({ base, root, readOnly, definition, given })
    : mapped({ root, temporaryFolder: join(machine.temporary, id), machine, definition, given });
  const command = resolve(line, false);
  const tail: string[] = [];
  const process = await startProcess({
    command,
    folder,
    environment,
    inView: base !== undefined,
    reaper: machine.reaper,
    clock,
    onLine(text) {
      options.log?.line(text);
      tail.push(text);
      if (tail.length > tailLines) tail.shift();
    },
  });
  const signal = stopSignal(image.config.StopSignal);
  return {
    process,
    tail: () => tail.join('\n'),
    async check([kind, ...checked], seconds) {
      let resolved: CommandLine;
      try {
        resolved = resolve(kind === 'CMD-SHELL' ? ['/bin/sh', '-c', checked.join(' ')] : checked, true);
      } catch (error) {
        return { healthy: false, output: reasonOf(error) };
      }
      return runCheck({ command: resolved, folder, environment, reaper: machine.reaper, clock, seconds });
    },
    stop: (maxSeconds = Number.POSITIVE_INFINITY) =>
      process.stop(signal, Math.min(maxSeconds, definition.stopTimeout ?? defaultStopTimeout)),
  };
}

interface Given {
  readonly image: ImageConfig;
  readonly memory: number;
  readonly containerEnvironment: Readonly<Record<string, string>>;
  readonly platformEnvironment: Readonly<Record<string, string>>;
  readonly port: number | undefined;
}

interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @param check it is a health check's command */
  resolve(line: readonly string[], check: boolean): CommandLine;
}

/** The container sees its image's root. */
function inView(options: {
  readonly base: BaseImage;
  readonly root: string;
  readonly readOnly: boolean;
  readonly definition: ContainerDefinition;
  readonly given: Given;
}): Place {
  const { base, root, readOnly, definition, given } = options;
  const view = containerView({
    base,
    image: given.image,
    root,
    readOnly,
    workingDirectory: definition.workingDirectory,
    user: definition.user,
  });
  return {
    folder: '/',
    environment: viewEnvironment({ ...given, base, home: view.home }),
    resolve(line) {
      if (line.length === 0)
        throw new SlipwayError(
          'local.container-unsupported',
          'the container has no command: set CMD or ENTRYPOINT',
        );
      return view.command(line);
    },
  };
}

/** Without views, paths of the image lead into its folder. */
function mapped(options: {
  readonly root: string;
  readonly temporaryFolder: string;
  readonly machine: Machine;
  readonly definition: ContainerDefinition;
  readonly given: Given;
}): Place {
  const { root, temporaryFolder, machine, definition, given } = options;
  const folder = workingFolder(root, given.image, definition.workingDirectory);
  for (const needed of [temporaryFolder, folder]) mkdirSync(needed, { recursive: true });
  return {
    folder,
    environment: containerEnvironment({ ...given, root, binFolder: machine.binFolder, temporaryFolder }),
    resolve: (line, check) => (check ? resolveCheck(line, root) : resolveCommand(line, root)),
  };
}

/**
 * Tasks share one host, so a container that listens gets a port of its own: where its environment or image sets
 * PORT, or it has exactly one port mapping, PORT is replaced by a free one.
 */
const wantsPort = (
  definition: ContainerDefinition,
  image: PulledImage,
  declared: Readonly<Record<string, string>>,
) =>
  declared.PORT !== undefined ||
  image.config.Env.some((pair) => pair.startsWith('PORT=')) ||
  definition.portMappings?.length === 1;

const signalNames: Readonly<Record<string, NodeJS.Signals>> = {
  ...{ '1': 'SIGHUP', '2': 'SIGINT', '3': 'SIGQUIT', '9': 'SIGKILL', '10': 'SIGUSR1', '12': 'SIGUSR2' },
  '15': 'SIGTERM',
};

function stopSignal(stated: string | undefined): NodeJS.Signals {
  if (!stated) return 'SIGTERM';
  const name = stated.startsWith('SIG') || /^\d/.test(stated) ? stated : `SIG${stated}`;
  return lookup(signalNames, name) ?? (name as NodeJS.Signals);
}
