/**
 * One local cloud: a listener on loopback, a state folder, and the services loaded as they are first used.
 * The steps of starting and stopping one, in order; each step is a module in cloud/.
 */
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createClock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import { regionProblem, type Scope } from '../core/regions.ts';
import { reportBug } from '../core/report-bug.ts';
import { createAwsHosts } from './cloud/aws-hosts.ts';
import { callScope } from './cloud/call-scope.ts';
import { checkByScope } from './cloud/check-by-scope.ts';
import { createDataPlanes } from './cloud/data-planes.ts';
import { administrator, developer, openAccountsOf } from './cloud/developer.ts';
import { createEnvironments, type Environments } from './cloud/environment.ts';
import { type Listener, listen } from './cloud/listen.ts';
import { openRecorders } from './cloud/recorders.ts';
import { type CloudServices, createServices } from './cloud/services.ts';
import { type CloudState, openState, randomId, writeRuntime } from './cloud/state.ts';
import { stopCloud, stopRequests } from './cloud/stop.ts';
import type { Cloud } from './cloud-interface.ts';
import { chosenFor, substituteProblem } from './compute/functions/deprecated-runtimes.ts';
import { createControl } from './control.ts';
import type { DispatchContext } from './edge/dispatch.ts';
import { createFaults } from './edge/faults.ts';
import { createEdge } from './edge/server.ts';
import { type ConnectionLimits, closeStalled, defaultConnectionLimits } from './edge/stalled-connections.ts';
import { lookUp } from './look-ups.ts';
import { services as registry, sharingDataPlane } from './services/registry.ts';

export interface CloudOptions {
  /** Default 4566, or the port this state was made with. 0 takes a free one (and keeps it for this state). */
  readonly port?: number;
  /** Folder that everything lives under. */
  readonly stateDirectory: string;
  /** Of clients and stacks that do not say. Default: the one that the state was made with, else us-east-1. */
  readonly region?: string;
  readonly connections?: ConnectionLimits;
  /** Told each event at once; the cloud's `events` keep them. Default: nobody. */
  readonly host?: Host;
}

const defaultPort = 4566;

export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const wrongRegion = options.region === undefined ? undefined : regionProblem(options.region);
  if (wrongRegion !== undefined) throw new SlipwayError('local.invalid', wrongRegion);
  const state = await openState(resolve(options.stateDirectory), options.port);
  try {
    const listener = await listen(
      state.kept?.port ?? options.port ?? defaultPort,
      options.connections ?? defaultConnectionLimits,
    );
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

function start(options: CloudOptions, state: CloudState, listener: Listener): Cloud {
  const { store } = state;
  const { server, port } = listener;
  const record = state.record(port, options.region);
  const { accountId, accessKeyId, secretAccessKey } = record;
  const region = options.region ?? record.region;
  const endpoint = `http://127.0.0.1:${port}`;
  const failed = (error: unknown, what: string) => reportBug(host, what, error);
  const blocked = (work: string, ms: number) =>
    host.notify({ name: 'loop.blocked', data: { work, ms: Math.round(ms) } });
  const clock = createClock({ offset: record.clockOffset, watch: { failed, blocked } });
  const home: Scope = { accountId, region: record.region };
  /** Of clients that do not say. */
  const usual: Scope = { accountId, region };
  const accounts = openAccountsOf(state, record, clock);
  const recorders = openRecorders(store, clock, home, options.host);
  const { host, events, meter, usedActions, samples } = recorders;
  const faults = createFaults();
  const pipeline: DispatchContext = {
    identities: accounts,
    clock,
    faults,
    blocked,
    meter: meter.record,
    used: usedActions.record,
    denied: (denial) => host.notify({ name: 'access.denied', data: denial }),
  };
  let runDeprecatedAs = record.runDeprecatedAs ?? [];
  const load = (id: string, scope: Scope) => services.load(id, scope);
  const dataPlanes = createDataPlanes({
    home,
    load,
    sharing: sharingDataPlane,
    scopesOf: (id) => services.scopes(id),
  });
  const common = { ...pipeline, home, accounts, load, dataPlanes };
  const environment: Environments = createEnvironments({
    ...common,
    store,
    endpoint,
    awsHosts: () => awsHosts.reach(),
    host,
    sample: samples.record,
    runsDeprecatedAs: (runtime) => chosenFor(runtime, runDeprecatedAs),
  });
  const services: CloudServices = createServices({
    home,
    accounts,
    store,
    environment,
    active: record.active,
    saveActive: (active) => state.save({ active }),
  });
  let closed: Promise<void> | undefined;
  const cloud: Cloud = {
    endpoint,
    port,
    accountId,
    region,
    credentials: { accessKeyId, secretAccessKey },
    clock: {
      ...clock,
      async advance(ms) {
        await clock.advance(ms);
        state.save({ clockOffset: clock.offset() });
      },
    },
    store,
    events,
    meter,
    usedActions,
    samples,
    failures: recorders.failures,
    failed,
    faults,
    accounts,
    invoke: environment(usual).as(developer(accountId)),
    load: async (id, scope = usual) => load(id, scope),
    async scopes(service) {
      const used = services.scopes(service);
      // Whoever asks again and again for what is still to come asks a service, and does not keep the loop to itself.
      return used.length > 0 ? used : [home];
    },
    resourceTypes: services.resourceTypes,
    async check(stacks) {
      return checkByScope(stacks, usual, async (scope, stack, toCome) => {
        const { service } = await services.peek('cloudformation', scope);
        return service.check?.([stack], administrator(scope.accountId, accountId), toCome);
      });
    },
    async runDeprecatedAs(runtimes) {
      if (runtimes) {
        const problem = runtimes.map((one) => substituteProblem(one, clock.now())).find(Boolean);
        if (problem) throw new SlipwayError('local.invalid', problem);
        runDeprecatedAs = runtimes;
        state.save({ runDeprecatedAs });
      }
      return runDeprecatedAs;
    },
    lookUp: (queries) =>
      lookUp(queries, usual, (scope) => environment(scope).as(administrator(scope.accountId, accountId))),
    ...stopRequests(),
    close() {
      closed ??= stopCloud({ state, listener, awsHosts, services, recorders, syncer });
      return closed;
    },
  };
  const token = randomId(32);
  const control = createControl({ cloud, token });
  closeStalled(server, clock, options.connections ?? defaultConnectionLimits);
  const edge = createEdge({
    ...common,
    services: registry,
    model: services.model,
    scopeOf: (id, input, from) => callScope(id, input, from, accounts),
    requestId: randomUUID,
    control,
    failed,
  });
  const awsHosts = createAwsHosts({
    directory: join(state.directory, 'tls'),
    httpPort: port,
    edge,
    headMs: (options.connections ?? defaultConnectionLimits).headMs,
  });
  server.on('request', edge);
  // A client that asks before it sends a body is answered by the edge as well, when it knows who asks.
  server.on('checkContinue', edge);
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
  const syncer = clock.ownedBy('sync of the state folder').every(1000, () => store.sync());
  services.resume((id, error) => failed(error, `start ${id}`));
  return cloud;
}
