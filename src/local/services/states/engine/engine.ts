/** Starts executions, takes them up again after a restart, and ends them. */
import { StoppingError } from '../../../../core/errors.ts';
import type { Json } from '../../../../core/json.ts';
import type { WrappableInvoke } from '../../../invoke.ts';
import type { Definition } from '../language/definition.ts';
import { StateFailure } from '../language/failure.ts';
import type { ExecutionRecord, ExecutionStatus, Frame, RevisionRecord } from '../records.ts';
import type { EngineContext } from './context.ts';
import { Aborted, type Execution, stopping } from './execution.ts';
import { createJournal, HistoryFull } from './journal.ts';
import { runThread } from './thread.ts';

export interface Engine {
  /** Begins an execution that was recorded; resolves when it has ended. */
  start(record: ExecutionRecord): Promise<ExecutionRecord>;
  /** Goes on with an execution that failed, where it failed. */
  redrive(record: ExecutionRecord): void;
  /** Takes up what ran when the cloud stopped. */
  resume(): void;
  /** Ends a running execution; undefined when it runs no more. */
  abort(group: string, name: string, error?: string, cause?: string): ExecutionRecord | undefined;
  running(group: string, name: string): Execution | undefined;
  /** Of a running execution: its end. */
  whenDone(group: string, name: string): Promise<ExecutionRecord> | undefined;
  stop(): Promise<void>;
}

interface End {
  readonly status: ExecutionStatus;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

const endEvents = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

/** An express execution ends after five minutes. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const expressSeconds = 300;

export const executionArn = (
  { env }: Pick<EngineContext, 'env'>,
  { type, group, name }: Pick<ExecutionRecord, 'type' | 'group' | 'name'>,
): string =>
  type === 'EXPRESS' && !group.includes('/')
    ? env.arn('states', `express:${group}:${name}`)
    : env.arn('states', `execution:${group}:${name}`);

export const machineArn = ({ env }: Pick<EngineContext, 'env'>, name: string): string =>
  env.arn('states', `stateMachine:${name}`);

export function createEngine(context: EngineContext): Engine {
  const { env, records } = context;
  const runs = new Map<string, { readonly run: Execution; readonly done: Promise<ExecutionRecord> }>();
  /** Parsed once a revision. */
  const definitions = new Map<string, Definition>();
  const key = (group: string, name: string) => `${group}\n${name}`;

  function definitionOf(machine: string, revision: RevisionRecord): Definition {
    const id = `${machine}\n${revision.id}`;
    let found = definitions.get(id);
    if (!found) {
      found = JSON.parse(revision.definition) as Definition;
      if (definitions.size > 200) definitions.clear();
      definitions.set(id, found);
    }
    return found;
  }

  function open(record: ExecutionRecord, lastId: number, frames: readonly Frame[]): Execution | undefined {
    const { machine, group, name, type } = record;
    const revision = records.revisions.get([machine, record.revision]);
    const [, label = ''] = group.split('/');
    const child =
      record.mapRun === undefined ? undefined : records.mapRuns.get([machine, label, record.mapRun]);
    if (!revision || (record.mapRun !== undefined && !child)) return undefined;
    const invokes = new Map<string, Promise<WrappableInvoke>>();
    const run: Execution = {
      context,
      record,
      arn: executionArn(context, record),
      machineArn: machineArn(context, machine),
      roleArn: revision.roleArn,
      definition: child ? (JSON.parse(child.definition) as Definition) : definitionOf(machine, revision),
      input: JSON.parse(record.input) as Json,
      frames: new Map(frames.map((frame) => [frame.id, frame])),
      journal: createJournal(
        {
          records,
          transaction: (work) => env.store.transaction(work),
          now: env.clock.now,
          written: (event) => context.observe(run.record, event),
        },
        { group, name },
        type === 'STANDARD',
        lastId,
      ),
      abort: new AbortController(),
      role(credentials) {
        const known = invokes.get(credentials ?? '');
        if (known) return known;
        const made = context.roleInvoke(revision.roleArn, credentials, name);
        invokes.set(credentials ?? '', made);
        // A role may be allowed later: the next call asks again.
        made.catch(() => invokes.delete(credentials ?? ''));
        return made;
      },
      credentials: (taken) => context.roleCredentials(revision.roleArn, taken, name),
      runThread,
      engine,
      steps: 0,
    };
    return run;
  }

  function lastEvent(group: string, name: string): number {
    const [last] = [...records.history.entries({ prefix: [group, name], reverse: true, limit: 1 })];
    return Number(last?.[0][2] ?? 0);
  }

  function launch(run: Execution): Promise<ExecutionRecord> {
    const { group, name } = run.record;
    const id = key(group, name);
    const done = drive(run)
      .catch((error: unknown) => {
        // What could not be written any more is done again at the next start.
        if (!(error instanceof StoppingError)) context.failed(`Step Functions execution ${run.arn}`, error);
        return run.record;
      })
      .finally(() => runs.delete(id));
    runs.set(id, { run, done });
    return done;
  }

  async function drive(run: Execution): Promise<ExecutionRecord> {
    const { record, definition, journal } = run;
    const root = run.frames.get('0');
    if (!root) throw new Error(`the execution ${run.arn} has no thread`);
    const seconds = definition.TimeoutSeconds ?? (record.type === 'EXPRESS' ? expressSeconds : undefined);
    const began = record.redriven ?? record.started;
    const timer =
      seconds === undefined
        ? undefined
        : env.clock.after(began + seconds * 1000 - env.clock.now(), () =>
            end(run, { status: 'TIMED_OUT' }, journal.lastId),
          );
    try {
      const output = await runThread(run, root, definition, run.abort.signal);
      return end(run, { status: 'SUCCEEDED', output: JSON.stringify(output) }, root.previous);
    } catch (error) {
      // Ended from outside, or the cloud stops.
      if (error instanceof Aborted || error instanceof StoppingError) return run.record;
      if (run.record.status !== 'RUNNING') return run.record;
      if (error instanceof StateFailure) {
        const { error: name, reason } = error;
        return end(
          run,
          {
            status: 'FAILED',
            ...(name === undefined ? {} : { error: name }),
            ...(reason === undefined ? {} : { cause: reason }),
          },
          root.previous,
        );
      }
      const full = error instanceof HistoryFull;
      if (!full) context.failed(`Step Functions execution ${run.arn}`, error);
      return end(
        run,
        {
          status: 'FAILED',
          error: 'States.Runtime',
          cause: full
            ? 'The execution reached the maximum number of history events (25000).'
            : 'Internal error.',
        },
        journal.lastId,
      );
    } finally {
      timer?.cancel();
    }
  }

  /** Once: what comes later finds the execution ended. */
  function end(run: Execution, how: End, previous: number): ExecutionRecord {
    if (run.record.status !== 'RUNNING') return run.record;
    const { status, output, error, cause } = how;
    const why = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    const event = endEvents[status as keyof typeof endEvents];
    const details =
      status === 'SUCCEEDED' ? { output: output ?? '{}', outputDetails: { truncated: false } } : why;
    run.journal.append(event, previous, {
      [`${event.charAt(0).toLowerCase()}${event.slice(1)}EventDetails`]: details,
    });
    run.record = {
      ...run.record,
      status,
      stopped: env.clock.now(),
      ...(output === undefined ? {} : { output }),
      ...why,
    };
    const { group, name, type } = run.record;
    run.journal.flush(() => {
      if (type !== 'STANDARD') return;
      records.executions.put([group, name], run.record);
      records.running.delete([group, name]);
      // A failed execution may be redriven from where it failed.
      if (status === 'SUCCEEDED') records.frames.clear([group, name]);
      for (const { pending } of run.frames.values())
        if (pending?.kind === 'task' && pending.token !== undefined) records.tokens.delete([pending.token]);
    });
    run.abort.abort();
    context.changed(run.record);
    return run.record;
  }

  const engine: Engine = {
    start(record) {
      const run = open(record, 0, [
        {
          id: '0',
          state: '',
          input: JSON.parse(record.input) as Json,
          variables: {},
          previous: 0,
        },
      ]);
      const root = run?.frames.get('0');
      if (!run || !root) throw new Error(`the machine ${record.machine} has no revision ${record.revision}`);
      root.state = run.definition.StartAt;
      run.journal.append('ExecutionStarted', 0, {
        executionStartedEventDetails: {
          input: record.input,
          inputDetails: { truncated: false },
          roleArn: run.roleArn,
          ...(record.version === undefined
            ? {}
            : { stateMachineVersionArn: `${run.machineArn}:${record.version}` }),
          ...(record.alias === undefined
            ? {}
            : { stateMachineAliasArn: `${run.machineArn}:${record.alias}` }),
        },
      });
      run.journal.save(root);
      run.journal.flush(() => {
        if (record.type !== 'STANDARD') return;
        records.executions.put([record.group, record.name], record);
        records.byStart.put([record.group, record.started, record.name], true);
        records.running.put([record.group, record.name], true);
      });
      context.changed(record);
      return launch(run);
    },
    redrive(before) {
      const { group, name } = before;
      const { stopped: _, error: __, cause: ___, ...rest } = before;
      const record: ExecutionRecord = {
        ...rest,
        status: 'RUNNING',
        redrives: before.redrives + 1,
        redriven: env.clock.now(),
      };
      const run = open(record, lastEvent(group, name), [...records.frames.values({ prefix: [group, name] })]);
      const root = run?.frames.get('0');
      if (!run || !root) throw new Error(`the execution ${name} of ${group} has no thread`);
      for (const frame of run.frames.values()) {
        if (frame.outcome) continue;
        // What had not ended is done anew; threads beside one another that had ended are not.
        if (frame.pending?.kind !== 'branches') delete frame.pending;
        delete frame.retries;
        delete frame.retryCount;
        run.journal.save(frame);
      }
      root.previous = run.journal.append('ExecutionRedriven', root.previous, {
        executionRedrivenEventDetails: { redriveCount: record.redrives },
      });
      run.journal.flush(() => {
        records.executions.put([group, name], record);
        records.running.put([group, name], true);
      });
      context.changed(record);
      void launch(run);
    },
    resume() {
      for (const [parts] of [...records.running.entries()]) {
        const [group, name] = parts.map(String) as [string, string];
        const record = records.executions.get([group, name]);
        const frames = [...records.frames.values({ prefix: [group, name] })];
        const run = record && open(record, lastEvent(group, name), frames);
        if (run) void launch(run);
        else records.running.delete([group, name]);
      }
    },
    abort(group, name, error, cause) {
      const found = runs.get(key(group, name))?.run;
      if (found?.record.status !== 'RUNNING') return undefined;
      return end(
        found,
        {
          status: 'ABORTED',
          ...(error === undefined ? {} : { error }),
          ...(cause === undefined ? {} : { cause }),
        },
        found.journal.lastId,
      );
    },
    running: (group, name) => runs.get(key(group, name))?.run,
    whenDone: (group, name) => runs.get(key(group, name))?.done,
    async stop() {
      const all = [...runs.values()];
      for (const { run } of all) run.abort.abort(stopping);
      await Promise.allSettled(all.map(({ done }) => done));
    },
  };
  return engine;
}
