/** Hosts a local cloud in this process until it is told to stop. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { SlipwayEvent } from '../core/events.ts';
import { type LocalCloud, startLocalCloud } from '../local/cloud.ts';
import { portOwner } from './port-owner.ts';
import type { Terminal } from './terminal.ts';

export interface Hosted {
  readonly cloud: LocalCloud;
  /** The lines to export, for a shell. */
  environment(): string;
  /** Resolves with the exit code after Ctrl-C, SIGTERM or `slipway down`. */
  untilStopped(): Promise<number>;
}

export async function host(options: {
  readonly stateDirectory: string;
  readonly port: number | undefined;
  readonly terminal: Terminal;
}): Promise<Hosted> {
  const { terminal, stateDirectory } = options;
  const log = join(stateDirectory, 'slipway.log');
  const notify = ({ name, data }: SlipwayEvent) => {
    if (name !== 'slipway.failed' && name !== 'access.denied') return;
    appendFileSync(log, `${JSON.stringify({ at: new Date().toISOString(), name, ...data })}\n`);
    if (name === 'access.denied')
      terminal.note(
        `${terminal.yellow('denied')} ${String(data.principal)} ${terminal.bold(String(data.action))} on ${String(data.resource)}: ${String(data.explanation)}${data.missing ? `\n  missing: ${JSON.stringify(data.missing)}` : ''}`,
      );
    else
      terminal.note(
        `${terminal.red('a bug in Slipway')} while handling ${String(data.what)}; details in ${log}\n${String(data.error)}`,
      );
  };
  const cloud = await startLocalCloud({
    stateDirectory,
    host: { notify },
    ...(options.port === undefined ? {} : { port: options.port }),
  }).catch(async (error: unknown) => {
    const taken = error instanceof SlipwayError && /port (\d+) is in use/.exec(error.message);
    const owner = taken ? await portOwner(Number(taken[1])) : undefined;
    if (taken && owner)
      throw new SlipwayError('local.port-taken', `port ${taken[1]} is in use by ${owner}`, {
        fix: 'stop it, or choose another port with --port',
      });
    throw error;
  });
  const stop = new Promise<number>((resolve) => {
    let asked = false;
    const onSignal = () => {
      if (asked) return;
      asked = true;
      terminal.note('\nstopping; state stays');
      cloud.close().then(
        () => resolve(0),
        (error: unknown) => {
          terminal.note(String(error));
          resolve(70);
        },
      );
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.on('SIGHUP', onSignal);
    cloud.onStopRequest(onSignal);
  });
  return {
    cloud,
    environment: () =>
      [
        `export AWS_ENDPOINT_URL=${cloud.endpoint}`,
        `export AWS_ACCESS_KEY_ID=${cloud.credentials.accessKeyId}`,
        `export AWS_SECRET_ACCESS_KEY=${cloud.credentials.secretAccessKey}`,
        `export AWS_REGION=${cloud.region} AWS_DEFAULT_REGION=${cloud.region}`,
        `export CDK_DOCKER=${containerStandIn()}`,
      ].join('\n'),
    untilStopped: () => stop,
  };
}

/** What the stock CDK CLI runs instead of docker: builds images as folders and pushes them to the local ECR. */
export const containerStandIn = (): string => join(import.meta.dirname, '..', 'bin', 'slipway-docker.mjs');
