/**
 * One local cloud: a listener on loopback, a state folder, and the services loaded as they are first used.
 * Everything a service may touch is handed to it here.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createClock, type MovableClock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import { type Host, silentHost } from '../core/events.ts';
import type { Caller } from '../iam/index.ts';
import { createControl } from './control.ts';
import type { Denial } from './edge/authorise.ts';
import { type DispatchContext, dispatch } from './edge/dispatch.ts';
import { createFaults, type FaultRules } from './edge/faults.ts';
import { type LoadedService, loadService } from './edge/loaded-service.ts';
import { createMeter, type Meter } from './edge/meter.ts';
import { createSamples, type Samples } from './edge/samples.ts';
import { createEdge } from './edge/server.ts';
import { createUsedActions, type UsedActions } from './edge/used-actions.ts';
import { type Directory, openDirectory } from './iam/directory.ts';
import { type Invoke, type ServiceEnvironment, unsupported } from './service.ts';
import { services } from './services/registry.ts';
import { lockState } from './state-lock.ts';
import { openStore, type Store } from './store/store.ts';

export interface LocalCloudOptions {
  /** Default 4566, or the port this state was made with. 0 takes a free one (and keeps it for this state). */
  readonly port?: number;
  /** Folder that everything lives under. */
  readonly stateDirectory: string;
  readonly region?: string;
  readonly host?: Host;
}

export interface LocalCloud {
  readonly endpoint: string;
  readonly port: number;
  readonly accountId: string;
  readonly region: string;
  /** The developer's own credentials: an IAM user with AdministratorAccess. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: MovableClock;
  readonly store: Store;
  readonly meter: Meter;
  readonly usedActions: UsedActions;
  readonly samples: Samples;
  readonly faults: FaultRules;
  readonly directory: Directory;
  /** Calls made inside the cloud as the developer. */
  readonly invoke: Invoke;
  load(service: string): Promise<LoadedService>;
  /** The CloudFormation types of every service loaded so far. */
  resourceTypes(): Promise<
    Readonly<Record<string, { readonly mode: 'live' | 'inert'; readonly because?: string }>>
  >;
  /** Called when somebody asks over the control interface that the host stop this cloud. */
  onStopRequest(stop: () => void): void;
  requestStop(): void;
  close(): Promise<void>;
}

interface CloudRecord {
  readonly format: 1;
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly clockOffset: number;
  /** Services that were loaded before: they take up their work again at the next start. */
  readonly active: readonly string[];
}

export const defaultPort = 4566;

export async function startLocalCloud(given: LocalCloudOptions): Promise<LocalCloud> {
  // Absolute: functions and tasks run in folders of their own.
  const options = { ...given, stateDirectory: resolve(given.stateDirectory) };
  const host = options.host ?? silentHost;
  const release = lockState(options.stateDirectory);
  try {
    return await start(options, host, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function start(options: LocalCloudOptions, host: Host, release: () => void): Promise<LocalCloud> {
  const store = openStore(options.stateDirectory);
  const records = store.collection<CloudRecord>('cloud');
  const kept = records.get('cloud');
  if (kept && kept.format !== 1)
    throw new SlipwayError(
      'local.state-unreadable',
      `the state in ${options.stateDirectory} has format ${String(kept.format)}, this Slipway reads format 1`,
      {
        fix: 'use the Slipway that wrote it, or start with another --state folder',
      },
    );
  if (kept && options.port && options.port !== kept.port)
    throw new SlipwayError(
      'local.port-taken',
      `the state in ${options.stateDirectory} was made on port ${kept.port}; its URLs carry that port, so it cannot move to ${options.port}`,
      {
        fix: `use --port ${kept.port}, another --state folder, or slipway down --purge first`,
      },
    );
  const clock = createClock({ offset: kept?.clockOffset ?? 0 });
  const region = kept?.region ?? options.region ?? 'us-east-1';
  const accountId = kept?.accountId ?? '000000000000';
  const directory = openDirectory(store, clock, accountId);
  const meter = createMeter(store, clock);
  const usedActions = createUsedActions(store);
  const samples = createSamples(store);
  const faults = createFaults(Math.random);
  const loaded = new Map<string, Promise<LoadedService>>();
  const denials: Denial[] = [];
  const active = new Set(kept?.active ?? []);
  const randomId = (length: number) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length);
  let record: CloudRecord;
  let endpoint = '';

  const context: DispatchContext = {
    directory,
    clock,
    accountId,
    region,
    faults,
    meter: meter.record,
    used: usedActions.record,
    denied(denial) {
      denials.push(denial);
      if (denials.length > 200) denials.shift();
      host.notify({ name: 'access.denied', data: { ...denial } });
    },
  };

  const invokeAs =
    (caller: Caller, sourceArn?: string): Invoke =>
    async <O>(service: string, operation: string, input: object) => {
      const target = await load(service);
      const call = {
        requestId: randomUUID(),
        caller,
        signal: never,
        ...(sourceArn ? { sourceArn } : {}),
      };
      return (await dispatch(
        target,
        operation,
        input as Record<string, unknown>,
        call,
        [],
        undefined,
        context,
      )) as O;
    };

  const asService = (service: string, sourceArn?: string): Invoke =>
    invokeAs({ kind: 'service', arn: service, accountId, service }, sourceArn);

  const environment: ServiceEnvironment = {
    accountId,
    region,
    partition: 'aws',
    clock,
    store,
    get endpoint() {
      return endpoint;
    },
    host,
    randomId,
    as: (caller) => invokeAs(caller),
    asService,
    async assumeRole(roleArn, service, sessionName) {
      const answer = await asService(service)<{
        Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: Date };
      }>('sts', 'AssumeRole', { RoleArn: roleArn, RoleSessionName: sessionName });
      const { Credentials: made } = answer;
      const identity = directory.identify(made.AccessKeyId);
      if (!identity) throw new SlipwayError('internal', `the session of ${roleArn} vanished`);
      return {
        accessKeyId: made.AccessKeyId,
        secretAccessKey: made.SecretAccessKey,
        sessionToken: made.SessionToken,
        expiration: made.Expiration.getTime(),
        caller: identity.caller,
      };
    },
    meter: meter.record,
    sample: samples.record,
    async fetch(request) {
      const name = request.host.replace(/:\d+$/, '');
      const entry = services.find((s) => s.dataPlane?.host.test(name));
      const target = entry ? await load(entry.id) : undefined;
      if (!target?.service.serve)
        throw unsupported(`requests to ${request.host} from inside the local cloud`);
      return target.service.serve(request);
    },
  };

  async function resourceTypes(namespace: string) {
    const entry = services.find((s) => s.cloudformation.includes(namespace));
    return entry ? ((await load(entry.id)).service.resourceTypes ?? []) : undefined;
  }

  function load(id: string): Promise<LoadedService> {
    let promise = loaded.get(id);
    if (!promise) {
      const entry = services.find((s) => s.id === id);
      if (!entry) return Promise.reject(unsupported(`the service ${id}`));
      promise = loadService(entry, environment, { directory, resourceTypes }).then(async (service) => {
        if (!active.has(id)) {
          active.add(id);
          save({ active: [...active] });
        }
        await service.service.start?.();
        return service;
      });
      // A failed load is tried again by the next call.
      promise.catch(() => loaded.delete(id));
      loaded.set(id, promise);
    }
    return promise;
  }

  function save(change: Partial<CloudRecord>): void {
    record = { ...record, ...change };
    records.put('cloud', record);
  }

  const controlToken = randomId(32);
  let stopping: Promise<void> | undefined;
  const stopRequested: (() => void)[] = [];
  const edge = createEdge({
    ...context,
    services,
    load,
    requestId: randomUUID,
    control: (request) => control(request),
    failed(error, what) {
      host.notify({
        name: 'slipway.failed',
        data: { what, error: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      });
    },
  });

  const port = await listen(edge, kept?.port ?? options.port ?? defaultPort);
  endpoint = `http://127.0.0.1:${port}`;
  record = kept ?? {
    format: 1,
    port,
    region,
    accountId,
    accessKeyId: `AKIA${randomId(16).toUpperCase()}`,
    secretAccessKey: randomId(40),
    clockOffset: 0,
    active: [],
  };
  if (!kept) {
    save({});
    createDeveloper(directory, accountId, record, clock.now());
  }

  const cloud: LocalCloud = {
    endpoint,
    port,
    accountId,
    region,
    credentials: { accessKeyId: record.accessKeyId, secretAccessKey: record.secretAccessKey },
    clock: {
      ...clock,
      async advance(ms) {
        await clock.advance(ms);
        save({ clockOffset: clock.offset() });
      },
    },
    store,
    meter,
    usedActions,
    samples,
    faults,
    directory,
    invoke: invokeAs({ kind: 'user', arn: developerArn(accountId), accountId, userId: 'AIDADEVELOPER' }),
    load,
    async resourceTypes() {
      const all = await Promise.all(loaded.values());
      return Object.fromEntries(
        all.flatMap(({ service }) =>
          (service.resourceTypes ?? []).map(({ type, mode, because }) => [
            type,
            { mode, ...(because ? { because } : {}) },
          ]),
        ),
      );
    },
    onStopRequest(stop) {
      stopRequested.push(stop);
    },
    requestStop() {
      for (const stop of stopRequested) stop();
    },
    close() {
      stopping ??= (async () => {
        await Promise.allSettled(
          [...loaded.values()].map(async (service) => (await service).service.drain?.()),
        );
        edge.closeIdleConnections();
        edge.close();
        for (const service of await Promise.allSettled(loaded.values()))
          if (service.status === 'fulfilled') await service.value.service.stop?.();
        edge.closeAllConnections();
        meter.stop();
        usedActions.stop();
        samples.stop();
        await store.close();
        release();
      })();
      return stopping;
    },
  };
  const control = createControl({ cloud, token: controlToken, denials });
  writeRuntime(options.stateDirectory, {
    pid: process.pid,
    port,
    endpoint,
    region,
    accountId,
    accessKeyId: record.accessKeyId,
    secretAccessKey: record.secretAccessKey,
    token: controlToken,
  });
  for (const id of active)
    void load(id).catch((error: unknown) =>
      host.notify({ name: 'slipway.failed', data: { what: `start ${id}`, error: String(error) } }),
    );
  return cloud;
}

/** Calls between services have no client that could go away. */
const never = new AbortController().signal;

const developerArn = (accountId: string) => `arn:aws:iam::${accountId}:user/developer`;

function createDeveloper(directory: Directory, accountId: string, record: CloudRecord, now: number): void {
  directory.users.put('developer', {
    name: 'developer',
    path: '/',
    arn: developerArn(accountId),
    id: 'AIDADEVELOPER',
    inlinePolicies: {},
    attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    createdAt: now,
    tags: {},
  });
  directory.accessKeys.put(record.accessKeyId, {
    accessKeyId: record.accessKeyId,
    secretAccessKey: record.secretAccessKey,
    userName: 'developer',
    status: 'Active',
    createdAt: now,
  });
  directory.changed();
}

function listen(server: ReturnType<typeof createEdge>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new SlipwayError('local.port-taken', `port ${port} is in use`, {
              fix: 'stop what listens there, or choose another with --port',
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** How the command line finds a running cloud; readable by its owner only, because of the keys in it. */
function writeRuntime(directory: string, runtime: object): void {
  const file = join(directory, 'runtime.json');
  writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
