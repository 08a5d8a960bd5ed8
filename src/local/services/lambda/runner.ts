/**
 * Runs functions: throttles, finds or starts an environment with the role's credentials, writes the START, END
 * and REPORT lines, and meters. Concurrency counts running and waiting invocations alike.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */

import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoppingError } from '../../../core/errors.ts';
import type { CodeStore } from '../../compute/functions/code-store.ts';
import {
  type Invocation,
  type LogLine,
  type Outcome,
  startEnvironment,
} from '../../compute/functions/environment.ts';
import { functionViews, type RealPlaces, seenAsIs } from '../../compute/functions/function-view.ts';
import { imageLaunch, imageVariables } from '../../compute/functions/image-launch.ts';
import { launchOf } from '../../compute/functions/launch.ts';
import { createLogWriter, type LogWriter } from '../../compute/functions/log-writer.ts';
import { createMetricWriter } from '../../compute/functions/metric-writer.ts';
import { createPool, type Pool, type RunResult, type Slot } from '../../compute/functions/pool.ts';
import { nodeRuntimeFile, pythonRuntimeFile } from '../../compute/functions/runtime-file.ts';
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { createMemoryWatcher } from '../../compute/process-tree.ts';
import type { Reaper } from '../../compute/tasks/reaper.ts';
import { createLossReport } from '../../log-loss.ts';
import {
  AwsError,
  type AwsHosts,
  type ServiceEnvironment,
  type SessionCredentials,
  unsupported,
} from '../../service.ts';
import { tooManyRequests } from './errors.ts';
import type { FunctionImages } from './images.ts';
import { sessionName } from './names.ts';
import type { Prepare } from './preparations.ts';
import type { FunctionRecord, LambdaRecords } from './records.ts';
import { endLines, type Report, startLine } from './report-lines.ts';
import { executedRuntime, runtimeProblem } from './runtimes.ts';
import { processVariables } from './variables.ts';

interface RunRequest {
  readonly record: FunctionRecord;
  /** As it was addressed: with the alias or version of the call. */
  readonly arn: string;
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** JSON */
  readonly clientContext?: string | undefined;
  readonly traceId?: string;
  readonly onPart?: Invocation['onPart'];
  /** Whether the last 4 KB of log are wanted with the answer. */
  readonly tail?: boolean;
}

export interface RunAnswer {
  readonly payload: Buffer;
  readonly functionError?: 'Unhandled';
  readonly log?: Buffer;
  readonly outcome: Outcome;
}

export interface Runner {
  /** @throws AwsError when throttled, when the runtime is not supported, or when the role cannot be assumed */
  run(request: RunRequest): Promise<RunAnswer>;
  /** Running and waiting invocations of a function. */
  inFlight(name: string): number;
  /** Code or configuration changed, or the function is gone. */
  recycle(name: string): void;
  stop(): Promise<void>;
}

interface Details {
  readonly writer: LogWriter;
  /** Lines of the invocation that runs. */
  lines: LogLine[];
}

const accountConcurrency = 1000;

interface RunnerOptions {
  readonly env: ServiceEnvironment;
  readonly records: LambdaRecords;
  readonly prepare: Prepare;
  readonly code: CodeStore;
  readonly images: FunctionImages;
  /** Folder for the environments' temporary folders. */
  readonly temporary: string;
  readonly reaper: Reaper;
}

export function createRunner({
  env,
  records,
  prepare,
  code,
  images,
  temporary,
  reaper,
}: RunnerOptions): Runner {
  const pools = new Map<string, Pool<Details>>();
  const running = new Map<string, number>();
  const writers = new Set<LogWriter>();
  const reportLoss = createLossReport(env);
  const memory = createMemoryWatcher(env.clock);
  const metrics = createMetricWriter(env, 'lambda.amazonaws.com', 'AWS/Lambda');
  /** Processes that have not ended. */
  const living = new Set<Promise<void>>();
  let stopped = false;
  let views: ReturnType<typeof functionViews> | undefined;
  let total = 0;

  function admit(name: string): void {
    const now = running.get(name) ?? 0;
    const reserved = records.settings.get(name)?.reservedConcurrency;
    const full =
      reserved !== undefined && now >= reserved
        ? 'ReservedFunctionConcurrentInvocationLimitExceeded'
        : total >= accountConcurrency
          ? 'ConcurrentInvocationLimitExceeded'
          : undefined;
    metrics.add('Throttles', 'Count', full === undefined ? 0 : 1, { FunctionName: name });
    if (full !== undefined) throw tooManyRequests(full);
    running.set(name, now + 1);
    total++;
  }

  function leave(name: string): void {
    const now = (running.get(name) ?? 1) - 1;
    if (now > 0) running.set(name, now);
    else running.delete(name);
    total--;
  }

  async function start(record: FunctionRecord): Promise<Slot<Details>> {
    const id = env.randomId(32);
    const date = new Date(env.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${date}/[${record.version}]${id}`;
    const folder = join(temporary, id);
    const [prepared, credentials, hosts] = await Promise.all([
      record.image ? images.prepare(record) : zipCode(record),
      credentialsOf(record),
      env.awsHosts(),
      mkdir(folder, { recursive: true }),
    ]);
    if (stopped) throw new StoppingError();
    const writer = createLogWriter({
      env,
      invoke: env.as(credentials.caller),
      group: record.logging.LogGroup,
      stream: logStream,
      lost: (lines, error) => reportLoss(`function ${record.name}`, record.logging.LogGroup, lines, error),
    });
    writers.add(writer);
    const details: Details = { writer, lines: [] };
    let ended: () => void = () => {};
    const life = new Promise<void>((resolve) => {
      ended = resolve;
    });
    living.add(life);
    const launch =
      'runtime' in prepared
        ? await zipLaunch(record, prepared, { credentials, hosts, folder, logStream })
        : await imageLaunch({
            ...prepared,
            override: record.imageConfig ?? {},
            temporary: folder,
            hosts,
            variables: processVariables(record, env, credentials, {
              ...{ task: '/var/task', opt: undefined, temporary: '/tmp', logStream },
              image: imageVariables(prepared.config),
            }),
          });
    const environment = await startEnvironment({
      launch,
      mark: id,
      reaper,
      memoryMb: record.memorySize,
      memory,
      clock: env.clock,
      // AWS gives 10 s, then starts over within the invocation's own time.
      initLimit: 10_000 + record.timeout * 1000,
      onLog(line) {
        details.lines.push(line);
        writer.write(line);
      },
      onEnd() {
        living.delete(life);
        ended();
        void writer.flush().finally(() => writers.delete(writer));
        rm(folder, { recursive: true, force: true }).catch(() => {});
        rm(`${folder}.mounts`, { force: true }).catch(() => {});
      },
    });
    return {
      environment,
      revision: record.revisionId,
      // Credentials are not changed in a living process: it is replaced before they expire.
      usableUntil: credentials.expiration - 60_000,
      details,
    };
  }

  /** In a view of its own where the machine has them. */
  async function zipLaunch(
    record: FunctionRecord,
    { runtime, root, supplied }: Awaited<ReturnType<typeof zipCode>>,
    given: {
      readonly credentials: SessionCredentials;
      readonly hosts: AwsHosts;
      readonly folder: string;
      readonly logStream: string;
    },
  ) {
    const { credentials, hosts, folder, logStream } = given;
    const { language, interpreter } = runtime;
    const runtimeFile = language === 'python' ? pythonRuntimeFile() : await nodeRuntimeFile();
    const real: RealPlaces = {
      ...{ task: root.task, opt: root.opt, temporary: folder, brought: supplied.brought },
      ...{ authorityFile: hosts.authorityFile, bundleFile: hosts.bundleFile },
      sdk: code.sdkFolder(root),
      runtimeFolder: dirname(runtimeFile),
      interpreter: interpreter?.command ?? (language === 'nodejs' ? process.execPath : undefined),
    };
    views ??= functionViews(dirname(temporary));
    const found = await views;
    const seen = typeof found === 'string' ? seenAsIs(real) : found.seen(real);
    const launch = await launchOf({
      ...{ name: record.runtime ?? '', runtime, root, seen, memoryMb: record.memorySize, hosts },
      variables: processVariables(record, env, credentials, { ...seen, logStream }),
    });
    return typeof found === 'string' ? launch : found.launch(launch, real);
  }

  async function zipCode(record: FunctionRecord) {
    const runtime = findRuntime(executedRuntime(record));
    if (typeof runtime === 'string') throw unsupported(runtime);
    return { runtime, ...(await prepare(record, runtime)) };
  }

  async function credentialsOf(record: FunctionRecord) {
    try {
      return await env.assumeRole(record.role, 'lambda.amazonaws.com', sessionName(record.name));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(
        'AccessDeniedException',
        `The role defined for the function cannot be assumed by Lambda. ${error.message}`,
        403,
        { Type: 'User' },
      );
    }
  }

  function poolOf(record: FunctionRecord): Pool<Details> {
    const key = `${record.name}:${record.version}`;
    let pool = pools.get(key);
    if (!pool) {
      pool = createPool(env.clock);
      pools.set(key, pool);
    }
    return pool;
  }

  function meterAndReport(request: RunRequest, result: RunResult<Details>): void {
    const { record, requestId } = request;
    const { outcome, details, initMs } = result;
    // Initialisation is billed too: https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
    const billedMs = Math.max(1, Math.ceil(outcome.durationMs + (initMs ?? 0)));
    env.meter({ service: 'lambda', usage: 'requests', quantity: 1, resource: record.name });
    env.meter({
      service: 'lambda',
      usage: record.architectures[0] === 'arm64' ? 'gb-seconds:arm64' : 'gb-seconds:x86_64',
      quantity: (record.memorySize / 1024) * (billedMs / 1000),
      resource: record.name,
    });
    const sample = (what: string, ms: number) =>
      env.sample({ service: 'lambda', what, resource: record.name, seconds: ms / 1000 });
    // What fails early says nothing about how long the work takes.
    if (outcome.kind === 'succeeded') sample('duration', outcome.durationMs);
    if (initMs !== undefined) sample('init', initMs);
    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
    const dimensions = { FunctionName: record.name };
    metrics.add('Invocations', 'Count', 1, dimensions);
    metrics.add('Errors', 'Count', outcome.kind === 'succeeded' ? 0 : 1, dimensions);
    metrics.add('Duration', 'Milliseconds', outcome.durationMs, dimensions);
    metrics.add('ConcurrentExecutions', 'Count', running.get(record.name) ?? 1, dimensions);
    if (!details) return;
    const report = {
      requestId,
      durationMs: outcome.durationMs,
      billedMs,
      maxMemoryMb: Math.min(outcome.maxMemoryMb, record.memorySize),
      status: statusOf(outcome),
      ...(outcome.errorType ? { errorType: outcome.errorType } : {}),
      ...(initMs === undefined ? {} : { initMs }),
    };
    const now = env.clock.now();
    for (const text of endLines(record, report, now)) {
      details.lines.push({ time: now, text });
      details.writer.write({ time: now, text });
    }
  }

  return {
    inFlight: (name) => running.get(name) ?? 0,
    async run(request) {
      if (stopped) throw new StoppingError();
      const { record } = request;
      const problem = runtimeProblem(record);
      if (problem) throw unsupported(problem);
      admit(record.name);
      try {
        let lines: readonly LogLine[] = [];
        let logged: () => void = () => {};
        const allLogged = new Promise<void>((resolve) => {
          logged = resolve;
        });
        const result = await poolOf(record).run({
          revision: record.revisionId,
          invocation: {
            requestId: request.requestId,
            payload: request.payload,
            arn: request.arn,
            timeoutMs: record.timeout * 1000,
            traceId: request.traceId ?? newTraceId(env),
            clientContext: request.clientContext,
            onPart: request.onPart,
          },
          start: () => start(record),
          assigned(details) {
            const now = env.clock.now();
            const text = startLine(record, request.requestId, now);
            if (text === undefined) return;
            details.lines.push({ time: now, text });
            details.writer.write({ time: now, text });
          },
          finished(done) {
            meterAndReport(request, done);
            lines = done.details?.lines ?? [];
            if (done.details) done.details.lines = [];
            logged();
          },
        });
        if (request.tail) await allLogged;
        const { outcome } = result;
        return {
          outcome,
          payload: outcome.payload,
          ...(outcome.kind === 'succeeded' ? {} : { functionError: 'Unhandled' as const }),
          ...(request.tail ? { log: tailOf(lines) } : {}),
        };
      } finally {
        leave(record.name);
      }
    },
    recycle(name) {
      for (const [key, pool] of pools) {
        const [owner, version = ''] = key.split(':');
        if (owner !== name) continue;
        const record = records.functions.get([name, version]);
        pool.retire(record?.revisionId);
        if (!record && pool.size === 0) pools.delete(key);
      }
    },
    async stop() {
      stopped = true;
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
      pools.clear();
      await Promise.all(living);
      reaper.close();
      await Promise.allSettled([metrics.flush(), ...[...writers].map((writer) => writer.flush())]);
      await rm(temporary, { recursive: true, force: true }).catch(() => {});
    },
  };
}

const statusOf = ({ kind }: Outcome): Report['status'] =>
  kind === 'succeeded' ? 'success' : kind === 'timed-out' ? 'timeout' : 'error';

function tailOf(lines: readonly LogLine[]): Buffer {
  const text = Buffer.from(lines.map((line) => `${line.text}\n`).join(''));
  return text.subarray(Math.max(0, text.length - 4096));
}

export const newTraceId = (env: Pick<ServiceEnvironment, 'clock' | 'randomId'>) =>
  `Root=1-${Math.floor(env.clock.now() / 1000).toString(16)}-${env.randomId(24)};Parent=${env.randomId(16)};Sampled=0`;
