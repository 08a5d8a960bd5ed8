/**
 * One local cloud: a listener on loopback, a state folder, and the services loaded as they are first used.
 * The steps of starting and stopping one, in order; each step is a module in cloud/.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createClock } from '../core/clock.ts';
import { type Host, silentHost } from '../core/events.ts';
import { reportBug } from '../core/report-bug.ts';
import { createDeveloper, developer } from './cloud/developer.ts';
import { createEnvironment } from './cloud/environment.ts';
import { type Listener, listen } from './cloud/listen.ts';
import { type CloudServices, createServices } from './cloud/services.ts';
import { type CloudState, firstRecord, openState, randomId, writeRuntime } from './cloud/state.ts';
import { createControl } from './control.ts';
import type { DispatchContext } from './edge/dispatch.ts';
import { createFaults } from './edge/faults.ts';
import { createMeter } from './edge/meter.ts';
import { createSamples } from './edge/samples.ts';
import { createEdge } from './edge/server.ts';
import { createUsedActions } from './edge/used-actions.ts';
import { createEventLog } from './event-log.ts';
import { openDirectory } from './iam/directory.ts';
import type { LocalCloud } from './local-cloud.ts';
import { services as registry } from './services/registry.ts';

export interface LocalCloudOptions {
  /** Default 4566, or the port this state was made with. 0 takes a free one (and keeps it for this state). */
  readonly port?: number;
  /** Folder that everything lives under. */
  readonly stateDirectory: string;
  readonly region?: string;
  /** Told each event at once; the cloud's `events` keep them. Default: nobody. */
  readonly host?: Host;
}

export const defaultPort = 4566;

export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const state = await openState(resolve(options.stateDirectory), options.port);
  try {
    const listener = await listen(state.kept()?.port ?? options.port ?? defaultPort);
    try {
      return start(options, state, listener);
    } catch (error) {
      listener.server.close();
      throw error;
    }
  } catch (error) {
    await state.close();
    throw error;
  }
}

function start(options: LocalCloudOptions, state: CloudState, { server, port }: Listener): LocalCloud {
  const { store } = state;
  const kept = state.kept();
  let record = kept ?? firstRecord(port, options.region);
  const save = (change: Partial<typeof record>) => {
    record = { ...record, ...change };
    state.save(record);
  };
  const { accountId, region, accessKeyId, secretAccessKey } = record;
  const endpoint = `http://127.0.0.1:${port}`;
  const clock = createClock({ offset: record.clockOffset });
  const events = createEventLog(store, clock);
  const listener = options.host ?? silentHost;
  const host: Host = {
    notify(event) {
      events.record(event);
      listener.notify(event);
    },
  };
  const directory = openDirectory(store, clock, accountId);
  if (!kept) {
    save({});
    createDeveloper(directory, record, clock.now());
  }
  const failed = (error: unknown, what: string) => reportBug(host, what, error);
  const meter = createMeter(store, clock);
  const usedActions = createUsedActions(store);
  const samples = createSamples(store);
  const faults = createFaults(Math.random);

  const pipeline: DispatchContext = {
    directory,
    clock,
    accountId,
    region,
    faults,
    meter: meter.record,
    used: usedActions.record,
    denied: (denial) => host.notify({ name: 'access.denied', data: denial }),
  };
  const load = (id: string) => services.load(id);
  const environment = createEnvironment({ ...pipeline, store, endpoint, host, sample: samples.record, load });
  const services: CloudServices = createServices({
    directory,
    environment,
    active: record.active,
    saveActive: (active) => save({ active }),
  });

  const stopRequested: (() => void)[] = [];
  let closed: Promise<void> | undefined;
  const cloud: LocalCloud = {
    endpoint,
    port,
    accountId,
    region,
    credentials: { accessKeyId, secretAccessKey },
    clock: {
      ...clock,
      async advance(ms) {
        await clock.advance(ms);
        save({ clockOffset: clock.offset() });
      },
    },
    store,
    events,
    meter,
    usedActions,
    samples,
    faults,
    directory,
    invoke: environment.as(developer(accountId)),
    load,
    async resourceTypes() {
      const types = (await services.loaded()).flatMap((service) => service.resourceTypes ?? []);
      return Object.fromEntries(
        types.map(({ type, mode, because }) => [type, { mode, ...(because ? { because } : {}) }]),
      );
    },
    onStopRequest(stop) {
      stopRequested.push(stop);
    },
    requestStop() {
      for (const stop of stopRequested) stop();
    },
    close() {
      closed ??= stopCloud(state, server, services, [meter, usedActions, samples, events]);
      return closed;
    },
  };
  const token = randomId(32);
  const control = createControl({ cloud, token });
  server.on(
    'request',
    createEdge({ ...pipeline, services: registry, load, requestId: randomUUID, control, failed }),
  );
  writeRuntime(state.directory, {
    pid: process.pid,
    port,
    endpoint,
    region,
    accountId,
    accessKeyId,
    secretAccessKey,
    token,
  });
  services.resume((id, error) => failed(error, `start ${id}`));
  return cloud;
}

/** Functions and tasks end their calls while the edge still answers; then the services stop, then the records close. */
async function stopCloud(
  state: CloudState,
  server: Listener['server'],
  services: CloudServices,
  recorders: readonly { stop(): void }[],
): Promise<void> {
  await Promise.allSettled((await services.loaded()).map((service) => service.drain?.()));
  server.closeIdleConnections();
  server.close();
  for (const service of await services.loaded()) await service.stop?.();
  server.closeAllConnections();
  for (const recorder of recorders) recorder.stop();
  await state.close();
}
