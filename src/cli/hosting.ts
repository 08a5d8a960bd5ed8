/** Hosts a local cloud in this process until it is told to stop. */
import { join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { startCloud } from '../local/cloud.ts';
import type { Cloud } from '../local/cloud-interface.ts';
import { portOwner } from './port-owner.ts';
import { showEvent } from './show-event.ts';
import type { Terminal } from './terminal.ts';

export interface Hosted {
  readonly cloud: Cloud;
  /** The lines to export, for a shell. */
  environment(): string;
  /** Resolves with the exit code after Ctrl-C, SIGTERM or `slipway down`. */
  untilStopped(): Promise<number>;
  /** As Ctrl-C does. */
  stop(): Promise<number>;
}

export async function host(options: {
  readonly stateDirectory: string;
  readonly port: number | undefined;
  readonly terminal: Terminal;
}): Promise<Hosted> {
  const { terminal, stateDirectory } = options;
  const cloud = await startCloud({
    stateDirectory,
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
  goOnAfterErrors(cloud);
  showEvents(cloud, terminal).catch((error: unknown) => terminal.note(String(error)));
  let ended: (code: number) => void;
  const stopped = new Promise<number>((resolve) => {
    ended = resolve;
  });
  let asked = false;
  const stop = () => {
    if (asked) return;
    asked = true;
    terminal.note('\nstopping');
    cloud.close().then(
      () => ended(0),
      (error: unknown) => {
        terminal.note(String(error));
        ended(70);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  cloud.onStopRequest(stop);
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
    untilStopped: () => stopped,
    stop: () => {
      stop();
      return stopped;
    },
  };
}

/**
 * This process is the cloud's own: an error that nothing caught is told and counted, and everybody else is served on.
 * In a user's process (`slipway/local`) such errors are the user's to see, so that this is not done there.
 */
function goOnAfterErrors(cloud: Cloud): void {
  process.on('uncaughtException', (error) => cloud.failed(error, 'an error that nothing caught'));
  process.on('unhandledRejection', (error) => cloud.failed(error, 'a promise whose failure nothing caught'));
  // Nobody reads the console, or its disk is full. Events are kept in the state folder all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Warnings and errors as they happen. The rest is in `slipway events`. */
async function showEvents({ events }: Cloud, terminal: Terminal): Promise<void> {
  const query = { after: events.last(), minSeverity: 'warning' } as const;
  for await (const event of events.follow(query, new AbortController().signal))
    terminal.note(showEvent(event, terminal));
}

/** What the stock CDK CLI runs instead of docker: builds images as folders and pushes them to the local ECR. */
const containerStandIn = (): string => join(import.meta.dirname, '..', 'bin', 'slipway-docker.mjs');
