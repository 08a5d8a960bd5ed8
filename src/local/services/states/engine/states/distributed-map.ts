/**
 * A Map in distributed mode: each item, or batch of items, is an execution of its own, of the Map's processor.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import { type MapState, processorOf } from '../../language/definition.ts';
import { runtimeFailure, StateFailure } from '../../language/failure.ts';
import type { ExecutionRecord, Frame, MapChildRecord, MapRunRecord } from '../../records.ts';
import { Aborted, type Execution, FinalFailure, stopping } from '../execution.ts';
import type { Step } from '../step.ts';
import { finish } from './flow.ts';
import { childrenOf } from './item-batcher.ts';
import { readItems } from './item-reader.ts';
import { inputsOf, itemsOf, numberField } from './map-items.ts';
import { resultOf, writesFiles } from './result-writer.ts';

/** AWS runs 10,000 at a time; one machine has no use for more than this. */
const mostAtOnce = 500;

const arnOf = (run: Execution, { machine, label, id }: MapRunRecord): string =>
  run.context.env.arn('states', `mapRun:${machine}/${label}:${id}`);

export async function distributedMap(
  run: Execution,
  frame: Frame,
  state: MapState,
  signal: AbortSignal,
): Promise<Step> {
  const { journal } = run;
  const { records } = run.context;
  let record = runOf(run, frame, state);
  try {
    record ??= await begin(run, frame, state);
    const current = records.mapRuns.get([record.machine, record.label, record.id]) ?? record;
    await runChildren(run, current, signal);
    const children = [...records.mapChildren.values({ prefix: [record.id] })];
    const failure = exceeded(current, children);
    if (failure && !writesFiles(state)) throw failure;
    const result = await resultOf(run, frame, state, current, arnOf(run, current), children);
    if (failure) throw failure;
    close(run, current, 'SUCCEEDED');
    frame.previous = journal.append('MapRunSucceeded', frame.previous);
    journal.append('MapStateSucceeded', frame.previous);
    return finish(run, frame, state, result);
  } catch (error) {
    const open = record ?? runOf(run, frame, state);
    if (error instanceof Aborted) {
      if (open && run.abort.signal.reason !== stopping) abortAll(run, open);
      throw error;
    }
    if (!(error instanceof StateFailure)) throw error;
    if (open) close(run, open, 'FAILED');
    if (frame.pending?.kind === 'map-run')
      frame.previous = journal.append('MapRunFailed', frame.previous, {
        mapRunFailedEventDetails: {
          ...(error.error === undefined ? {} : { error: error.error }),
          ...(error.reason === undefined ? {} : { cause: error.reason }),
        },
      });
    throw error.error === 'States.Runtime' || error.error === 'States.QueryEvaluationError'
      ? error
      : new FinalFailure(error.error, error.reason);
  }
}

/** Labels are the state's name where none is given, as far as an ARN has room for it. */
const labelOf = (frame: Frame, { Label }: MapState): string =>
  Label ?? frame.state.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40);

function runOf(run: Execution, frame: Frame, state: MapState): MapRunRecord | undefined {
  if (frame.pending?.kind !== 'map-run') return undefined;
  return run.context.records.mapRuns.get([run.record.machine, labelOf(frame, state), frame.pending.id]);
}

/** Reads the items and keeps what each child gets; nothing of it is asked again after a restart. */
async function begin(run: Execution, frame: Frame, state: MapState): Promise<MapRunRecord> {
  const { context, journal, definition, record: parent } = run;
  const { env, records } = context;
  const [maxConcurrency, toleratedCount, toleratedPercentage] = [
    (await numberField(run, frame, state, 'MaxConcurrency')) ?? 0,
    await numberField(run, frame, state, 'ToleratedFailureCount'),
    await numberField(run, frame, state, 'ToleratedFailurePercentage'),
  ];
  if (toleratedCount !== undefined && toleratedCount < 0)
    throw runtimeFailure('ToleratedFailureCount cannot be negative.');
  if (toleratedPercentage !== undefined && (toleratedPercentage < 0 || toleratedPercentage > 100))
    throw runtimeFailure('ToleratedFailurePercentage must be between 0 and 100.');
  const given = state.ItemReader ? undefined : await itemsOf(run, frame, state);
  const { ProcessorConfig, ...processor } = processorOf(state);
  const label = labelOf(frame, state);
  const record: MapRunRecord = {
    id: env.uuid(),
    machine: parent.machine,
    label,
    parent: { group: parent.group, name: parent.name },
    definition: JSON.stringify({
      ...(definition.QueryLanguage ? { QueryLanguage: definition.QueryLanguage } : {}),
      ...processor,
    }),
    type: ProcessorConfig?.ExecutionType ?? 'STANDARD',
    status: 'RUNNING',
    started: env.clock.now(),
    maxConcurrency,
    ...(toleratedCount === undefined ? {} : { toleratedCount }),
    ...(toleratedPercentage === undefined ? {} : { toleratedPercentage }),
    resultsWritten: writesFiles(state),
  };
  frame.previous = journal.append('MapStateStarted', frame.previous, {
    mapStateStartedEventDetails: { length: given?.length ?? 0 },
  });
  frame.previous = journal.append('MapRunStarted', frame.previous, {
    mapRunStartedEventDetails: { mapRunArn: arnOf(run, record) },
  });
  frame.pending = { kind: 'map-run', id: record.id };
  const denied = await context.childDenial(run.roleArn, run.machineArn);
  if (denied !== undefined) throw new StateFailure('StepFunctions.AWSStepFunctionsException', denied);
  const items = given ?? (await readItems(run, frame, state));
  const children = await childrenOf(run, frame, state, await inputsOf(run, frame, state, items));
  journal.save(frame);
  journal.flush(() => {
    records.mapRuns.put([record.machine, label, record.id], record);
    for (const [index, { input, items: count }] of children.entries())
      records.mapChildren.put([record.id, index], {
        name: env.uuid(),
        input: JSON.stringify(input),
        items: count,
        status: 'PENDING',
      });
  });
  return record;
}

async function runChildren(run: Execution, record: MapRunRecord, signal: AbortSignal): Promise<void> {
  const { records } = run.context;
  const all = [...records.mapChildren.entries({ prefix: [record.id] })].map(([[, index], child]) => ({
    index: Number(index),
    child,
  }));
  const children = all.map(({ child }) => child);
  const open = all.filter(({ child }) => child.status === 'PENDING' || child.status === 'RUNNING');
  const settled = { failed: children.filter(hasFailed).length };
  let next = 0;

  async function work(): Promise<void> {
    for (let at = open[next++]; at; at = open[next++]) {
      const now = records.mapRuns.get([record.machine, record.label, record.id]) ?? record;
      if (signal.aborted || tooMany(now, settled.failed, all.length)) return;
      const done = await runChild(run, record, at.index, at.child, signal);
      if (hasFailed(done)) settled.failed++;
    }
  }

  const limit = record.maxConcurrency > 0 ? Math.min(record.maxConcurrency, mostAtOnce) : mostAtOnce;
  await Promise.all(Array.from({ length: Math.min(limit, open.length) }, work));
  if (signal.aborted) throw new Aborted();
}

const hasFailed = ({ status }: MapChildRecord): boolean => status === 'FAILED' || status === 'TIMED_OUT';

/** Without a figure nothing may fail; with both, neither may be exceeded. */
function tooMany(
  { toleratedCount, toleratedPercentage }: MapRunRecord,
  failed: number,
  total: number,
): boolean {
  if (failed === 0) return false;
  if (toleratedCount === undefined && toleratedPercentage === undefined) return true;
  return (
    (toleratedCount !== undefined && failed > toleratedCount) ||
    (toleratedPercentage !== undefined && (100 * failed) / total > toleratedPercentage)
  );
}

const exceeded = (record: MapRunRecord, children: readonly MapChildRecord[]): StateFailure | undefined =>
  tooMany(record, children.filter(hasFailed).length, children.length)
    ? new FinalFailure(
        'States.ExceedToleratedFailureThreshold',
        'The specified tolerated failure threshold was exceeded',
      )
    : undefined;

async function runChild(
  run: Execution,
  mapRun: MapRunRecord,
  index: number,
  child: MapChildRecord,
  signal: AbortSignal,
): Promise<MapChildRecord> {
  const { engine, context } = run;
  const { records, env } = context;
  const group = `${mapRun.machine}/${mapRun.label}`;
  const kept = records.executions.get([group, child.name]);
  const record: ExecutionRecord = {
    machine: mapRun.machine,
    group,
    name: child.name,
    type: mapRun.type,
    revision: run.record.revision,
    status: 'RUNNING',
    started: env.clock.now(),
    input: child.input,
    redrives: 0,
    mapRun: mapRun.id,
  };
  if (!kept)
    records.mapChildren.put([mapRun.id, index], { ...child, status: 'RUNNING', started: record.started });
  const ending =
    kept && kept.status !== 'RUNNING'
      ? Promise.resolve(kept)
      : (engine.whenDone(group, child.name) ?? engine.start(kept ?? record));
  const ended = await Promise.race([ending, whenAborted(signal)]);
  const { status, started, stopped, output, error, cause } = ended;
  const done: MapChildRecord = {
    ...child,
    status,
    started,
    ...(stopped === undefined ? {} : { stopped }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
  if (status !== 'RUNNING') records.mapChildren.put([mapRun.id, index], done);
  return done;
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(new Aborted());
    else signal.addEventListener('abort', () => reject(new Aborted()), { once: true });
  });

/** The Map's execution was ended: its children end with it. */
function abortAll(run: Execution, record: MapRunRecord): void {
  const { records } = run.context;
  const group = `${record.machine}/${record.label}`;
  for (const [[, index], child] of [...records.mapChildren.entries({ prefix: [record.id] })]) {
    if (child.status !== 'RUNNING') continue;
    run.engine.abort(group, child.name);
    records.mapChildren.put([record.id, Number(index)], { ...child, status: 'ABORTED' });
  }
  close(run, record, 'ABORTED');
}

function close(run: Execution, record: MapRunRecord, status: MapRunRecord['status']): void {
  const { records, env } = run.context;
  const key = [record.machine, record.label, record.id];
  const current = records.mapRuns.get(key) ?? record;
  records.mapRuns.put(key, { ...current, status, stopped: env.clock.now() });
}
