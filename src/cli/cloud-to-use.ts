/** The local cloud that `slipway up` deploys to: the one that runs on the state folder, or one that it starts. */
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { lockState } from '../local/state-lock.ts';
import { detach } from './detach.ts';
import { type Hosted, host } from './hosting.ts';
import { findRunning, type RunningCloud } from './running.ts';
import type { Terminal } from './terminal.ts';

export interface UsedCloud {
  readonly running: RunningCloud;
  /** Where this process is the cloud. */
  readonly hosted?: Hosted;
  /** The deployment succeeded: what was started goes on. */
  keep(): Promise<void>;
  /**
   * It failed: a cloud that only this command started goes with it. So does a state folder that it made, unless this
   * process was to be the cloud and a stack was begun: then its events and logs say why it failed.
   */
  discard(begun: boolean): Promise<void>;
}

interface CloudOptions {
  readonly stateDirectory: string;
  readonly port: number | undefined;
  readonly terminal: Terminal;
  readonly interrupted: AbortSignal;
}

export async function cloudToUse({
  detached,
  ...options
}: CloudOptions & { readonly detached: boolean }): Promise<UsedCloud> {
  const { stateDirectory, port } = options;
  const running = await findRunning(stateDirectory);
  if (running) {
    if (port === undefined || port === 0 || port === running.port)
      return { running, keep: async () => {}, discard: async () => {} };
    throw new SlipwayError(
      'local.port-taken',
      `the local cloud on ${stateDirectory} already runs on port ${running.port}`,
      { fix: 'leave --port out, or stop it first with slipway down' },
    );
  }
  const isNew = !existsSync(stateDirectory);
  try {
    return await (detached ? inBackground(options, isNew) : inThisProcess(options, isNew));
  } catch (error) {
    if (isNew) removeState(stateDirectory);
    throw error;
  }
}

async function inBackground(options: CloudOptions, isNew: boolean): Promise<UsedCloud> {
  const { stateDirectory, terminal } = options;
  const { running, release, stop } = await detach(options);
  return {
    running,
    keep: release,
    async discard(begun) {
      await stop();
      if (isNew) removeState(stateDirectory);
      if (begun)
        terminal.note(
          isNew
            ? 'The local cloud that was started for it has stopped, and nothing of it is left. Without --detach its state stays for a look.'
            : `The local cloud that was started for it has stopped. ${whatIsKept(stateDirectory)}`,
        );
    },
  };
}

async function inThisProcess(options: CloudOptions, isNew: boolean): Promise<UsedCloud> {
  const { stateDirectory, terminal } = options;
  const hosted = await host(options);
  const running = await findRunning(stateDirectory);
  if (!running) {
    await hosted.stop();
    throw new SlipwayError('internal', 'the local cloud that was just started does not answer');
  }
  return {
    running,
    hosted,
    keep: async () => {},
    async discard(begun) {
      await hosted.stop();
      if (begun) terminal.note(whatIsKept(stateDirectory));
      else if (isNew) removeState(stateDirectory);
    },
  };
}

const whatIsKept = (stateDirectory: string) =>
  `What was made is kept in ${resolve(stateDirectory)}: slipway events shows what happened, slipway up tries again, slipway down --purge deletes it.`;

/** Another cloud may have taken the folder meanwhile: then it stays. */
function removeState(directory: string): void {
  if (!existsSync(directory)) return;
  try {
    lockState(directory);
  } catch {
    return;
  }
  rmSync(directory, { recursive: true, force: true });
}
