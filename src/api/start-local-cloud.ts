/// <reference lib="esnext.disposable" preserve="true" />
/** The local cloud as the tests of an app see it. Whatever else a cloud has inside stays out of reach. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import { startCloud } from '../local/cloud.ts';
import { completeFault } from '../local/fault-request.ts';
import type { BillReport } from '../review/cost/report.ts';
import { type CloudAccess, homeConfig } from './cloud-access.ts';
import type { DeployedStack, DeployedTarget } from './deployed-target.ts';
import { type Duration, milliseconds } from './duration.ts';
import type { LogLine, LogsQuery } from './read-logs.ts';
import { type CloudEvent, createRecentEvents, type EventsQuery } from './recent-events.ts';

export interface LocalCloudOptions {
  /** Folder that everything lives under. Default: a temporary folder, which `close` deletes. */
  readonly state?: string;
  /** Port on 127.0.0.1. Default: the one that the state folder was made with, else a free one. */
  readonly port?: number;
  /** Of clients and stacks that do not say. Default: the one that the state folder was made with, else us-east-1. */
  readonly region?: string;
  /** Told each event as it happens. Default: nobody. */
  readonly onEvent?: (event: CloudEvent) => void;
}

/** The options that every client of the AWS SDK for JavaScript takes. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface UpOptions {
  /** By `Name`, for each stack that declares it, or by `Stack:Name`. Default: the stack's from before, the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Context for an app that is synthesized, as `cdk -c`. */
  readonly context?: Readonly<Record<string, string>>;
}

export interface UpResult extends DeployedTarget {
  /** The outputs of all stacks by name; `Stack.Name` where two stacks have an output of one name, and `Stack.region.Name` where they have one name too. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Fault {
  /** As in an IAM action: `sqs`, `dynamodb`, `s3`. Default: any. */
  readonly service?: string;
  /** As in the API: `SendMessage`. Default: any. */
  readonly operation?: string;
  /** An ARN, or a name: what stands last in one. `*` is any run of characters. Default: any. */
  readonly resource?: string;
  /** Share of the calls that are hit, above 0 and up to 1. Default: 1. */
  readonly rate?: number;
  /** The same seed hits the same ones of a row of calls. Default: a random one. */
  readonly seed?: number;
  /** How long a hit call waits first. Default: not at all. */
  readonly delay?: Duration;
  /** What a hit call is answered. Default: it is handled as usual. */
  readonly error?: {
    /** As AWS writes it: `ThrottlingException`. */
    readonly code: string;
    /** Default: says that a fault was injected. */
    readonly message?: string;
    /** HTTP status. Default: 503 or 500 when the code says so, else 400. */
    readonly status?: number;
  };
}

/** A local cloud. Closed by `await using` at the end of the block, or by `close`. */
export interface LocalCloud extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, the endpoint of every service. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Of an IAM user with AdministratorAccess. */
  readonly credentials: ClientConfig['credentials'];
  /** Environment variables for a process that talks to this cloud with a stock AWS client. */
  readonly environment: Readonly<Record<string, string>>;
  /** Options for an AWS SDK client, to be completed: `new S3Client({ ...cloud.clientConfig, maxAttempts: 1 })`. */
  readonly clientConfig: ClientConfig;
  /** An AWS SDK client of this cloud: `cloud.client(SQSClient)`. `close` destroys it. */
  client<Client extends object>(type: new (config: ClientConfig) => Client): Client;
  /**
   * Deploys the folder of a CDK app (it is synthesized), a cloud assembly (`cdk.out`) or a template file; again to
   * update it in place.
   *
   * @throws SlipwayError `local.deploy-failed` with CloudFormation's reasons, when a stack was rolled back
   */
  up(target: string, options?: UpOptions): Promise<UpResult>;
  /** The time of this cloud. */
  now(): Date;
  /** Moves time forward. Visibility timeouts, schedules, alarms and retention that fall due take place on the way. */
  advance(duration: Duration): Promise<void>;
  /** What functions, tasks and APIs wrote to CloudWatch Logs, in order of time. */
  logs(query?: LogsQuery): Promise<readonly LogLine[]>;
  /** What happened since this cloud was started: denied calls, failed deliveries, lost log lines, and the like. */
  events(query?: EventsQuery): readonly CloudEvent[];
  /** What everything so far would have cost on AWS, for the run and for a month at this rate. */
  bill(): Promise<BillReport>;
  /**
   * Makes calls of AWS APIs fail or wait, those between services included, until it is ended.
   *
   * @returns ends it
   * @throws SlipwayError `local.invalid` for a service or operation that is not there, or a fault without effect
   */
  injectFault(fault: Fault): Promise<() => void>;
  /** Stops functions, tasks and the listener. The state stays, unless it is in a temporary folder. */
  close(): Promise<void>;
}

/**
 * Starts a local cloud on a port of its own. Several can run in one process.
 *
 * @throws SlipwayError `local.state-in-use` when another cloud runs on the state folder
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  // The SDK's note that it will stop supporting Node.js 20 is nothing that a test could fix. Documented in
  // https://github.com/aws/aws-sdk-js-v3#nodejs; a value that the environment has is kept.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { port = 0 } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SlipwayError('local.invalid', `${port} is not a port`, {
      fix: 'give a whole number from 1 to 65535, or none for a free one',
    });
  const state = options.state === undefined ? temporaryFolder() : { path: resolve(options.state) };
  const events = createRecentEvents(options.onEvent);
  const inner = await startCloud({
    stateDirectory: state.path,
    host: events,
    port,
    ...(options.region === undefined ? {} : { region: options.region }),
  }).catch((error: unknown) => {
    state.remove?.();
    throw error;
  });
  const { endpoint, region, accountId, credentials } = inner;
  const access: CloudAccess = {
    endpoint,
    region,
    accountId,
    credentials,
    scopes: (service) => inner.scopes(service),
    resourceTypes: () => inner.resourceTypes(),
    check: (stacks) => inner.check(stacks),
    lookUp: (queries) => inner.lookUp(queries),
    runDeprecatedAs: async (runtimes) => inner.runDeprecatedAs(runtimes),
  };
  // The cloud itself tells of each stack event; what deploys reads the same ones from CloudFormation.
  const deployHost: Host = {
    notify(event) {
      if (event.name !== 'stack.event') events.notify(event);
    },
  };
  const config = homeConfig(access);
  const clients = new Set<object>();
  let faults = 0;
  let closing: Promise<void> | undefined;

  const checkOpen = () => {
    if (!closing) return;
    throw new SlipwayError('local.not-running', `the local cloud of ${endpoint} is closed`, {
      fix: 'use it before close(), or start another',
    });
  };
  const client: LocalCloud['client'] = (Constructor) => {
    checkOpen();
    const made = new Constructor(config);
    clients.add(made);
    return made;
  };
  const close = () => {
    closing ??= (async () => {
      for (const made of clients) if ('destroy' in made && typeof made.destroy === 'function') made.destroy();
      await inner.close();
      state.remove?.();
    })();
    return closing;
  };
  return Object.freeze({
    endpoint,
    region,
    accountId,
    // Not frozen: the SDK's clients write on the credentials that they are given.
    credentials: { ...credentials },
    environment: Object.freeze({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    }),
    clientConfig: Object.freeze(config),
    client,
    async up(target: string, { parameters = {}, context = {} }: UpOptions = {}) {
      checkOpen();
      const { deployTarget } = await import('./deploy-target.ts');
      const deployed = await deployTarget({ target, cloud: access, parameters, context, host: deployHost });
      return { outputs: outputsOf(deployed.stacks), ...deployed };
    },
    now: () => new Date(inner.clock.now()),
    async advance(duration: Duration) {
      checkOpen();
      await inner.clock.advance(milliseconds(duration));
    },
    async logs(query: LogsQuery = {}) {
      checkOpen();
      const { readLogs } = await import('./read-logs.ts');
      return readLogs(access, query);
    },
    events: (query: EventsQuery = {}) => events.read(query),
    async bill() {
      checkOpen();
      const { deployed } = await import('./deployed.ts');
      const { bill } = await import('../review/cost/measured/bill.ts');
      return bill(inner.meter.totals(), {
        ...(await deployed(access)),
        region,
        hours: inner.meter.runningSeconds() / 3600,
      });
    },
    async injectFault({ delay, ...fault }: Fault) {
      checkOpen();
      const id = `fault-${++faults}`;
      const request = { ...fault, id, ...(delay === undefined ? {} : { delayMs: milliseconds(delay) }) };
      inner.faults.add(await completeFault(request, inner.load));
      return () => void inner.faults.remove(id);
    },
    close,
    [Symbol.asyncDispose]: close,
  });
}

function outputsOf(stacks: readonly DeployedStack[]): Record<string, string> {
  const named = stacks.flatMap(({ stackName, region, outputs }) =>
    Object.entries(outputs).map(([name, value]) => ({ stackName, region, name, value })),
  );
  const isShared = (name: string) => named.filter((one) => one.name === name).length > 1;
  const isTwice = (stackName: string) => stacks.filter((one) => one.stackName === stackName).length > 1;
  return Object.fromEntries(
    named.map(({ stackName, region, name, value }) => {
      if (!isShared(name)) return [name, value];
      return [`${stackName}${isTwice(stackName) ? `.${region}` : ''}.${name}`, value];
    }),
  );
}

interface StateFolder {
  readonly path: string;
  /** Deletes it, when it is temporary. */
  readonly remove?: () => void;
}

/** Of clouds that nobody closed: deleted when the process ends. */
const temporary = new Set<string>();

function temporaryFolder(): StateFolder {
  if (temporary.size === 0) process.once('exit', removeAll);
  const path = mkdtempSync(join(tmpdir(), 'slipway-cloud-'));
  temporary.add(path);
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true });
      temporary.delete(path);
      if (temporary.size === 0) process.off('exit', removeAll);
    },
  };
}

function removeAll(): void {
  for (const path of temporary) rmSync(path, { recursive: true, force: true });
}
