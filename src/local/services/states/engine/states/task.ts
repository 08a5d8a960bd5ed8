/**
 * A task: scheduled, called, waited for. What a call changes is written together with its answer, so that after a crash
 * nothing is done twice: a call that was under way and lost fails, and is retried when the machine says so.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */

import type { Json, JsonObject } from '../../../../../core/json.ts';
import type { WrappableInvoke } from '../../../../invoke.ts';
import {
  callApi,
  callFunction,
  callService,
  errorPrefix,
  onlyReads,
  readAnswer,
} from '../../integrations/calls.ts';
import { lostCall, unexpected } from '../../integrations/errors.ts';
import { jobOf, stopJob, whenDone } from '../../integrations/jobs.ts';
import { readResource, type TaskResource } from '../../integrations/resource.ts';
import type { TaskState } from '../../language/definition.ts';
import { runtimeFailure, StateFailure } from '../../language/failure.ts';
import { evaluateAs, evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, selectValue } from '../../language/payload.ts';
import type { Answer, Frame, Pending } from '../../records.ts';
import {
  Aborted,
  type Execution,
  FinalFailure,
  jsonataScope,
  languageIn,
  pathScope,
  stopping,
} from '../execution.ts';
import { type Step, tooLarge } from '../step.ts';
import { argumentsOf, finish, selected } from './flow.ts';
import { type TaskTeller, taskTeller } from './task-events.ts';

type PendingTask = Pending & { kind: 'task' };

const mostBytes = 262_144;

class TimedOut extends Error {}

export async function task(
  run: Execution,
  frame: Frame,
  state: TaskState,
  signal: AbortSignal,
): Promise<Step> {
  const resource = readResource(state.Resource);
  if (!resource) throw runtimeFailure(`The resource ${state.Resource} is not recognized.`);
  const tell = taskTeller(run.journal, frame, resource);
  const fresh = frame.pending?.kind !== 'task';
  const pending =
    frame.pending?.kind === 'task' ? frame.pending : await schedule(run, frame, state, resource, tell);
  let result: Json;
  try {
    result = await withinLimits(run, pending, signal, (own) =>
      work(run, frame, state, resource, pending, fresh, tell, own),
    );
    if (JSON.stringify(result).length > mostBytes) throw tooLarge(state.Resource);
  } catch (error) {
    if (error instanceof Aborted) throw error;
    if (error instanceof TimedOut) {
      tell.timedOut();
      stopJobOf(run, resource, pending);
    }
    const failure = failureOf(error);
    if (!(error instanceof TimedOut)) tell.failed(failure.error, failure.reason);
    run.journal.flush(() => forgetToken(run, pending));
    throw failure;
  } finally {
    if (pending.token !== undefined) run.context.waiting.forget(pending.token);
    if (signal.aborted && run.abort.signal.reason !== stopping) stopJobOf(run, resource, pending);
  }
  tell.succeeded(result);
  run.journal.save(frame);
  run.journal.flush(() => forgetToken(run, pending));
  return finish(run, frame, state, result);
}

function failureOf(error: unknown): FinalFailure {
  if (error instanceof TimedOut) return new FinalFailure('States.Timeout', undefined);
  const { error: name, reason } = error instanceof StateFailure ? error : unexpected(error);
  return new FinalFailure(name, reason);
}

function forgetToken(run: Execution, { token }: PendingTask): void {
  if (token !== undefined) run.context.records.tokens.delete([token]);
}

async function schedule(
  run: Execution,
  frame: Frame,
  state: TaskState,
  resource: TaskResource,
  tell: TaskTeller,
): Promise<PendingTask> {
  const { context, journal, record } = run;
  const waits =
    resource.kind === 'activity' || (resource.kind === 'service' && resource.pattern === 'waitForTaskToken');
  const activity = resource.kind === 'activity' ? resource.arn : undefined;
  const place = { group: record.group, execution: record.name, frame: frame.id };
  const token = waits ? context.token({ ...place, ...(activity ? { activity } : {}) }) : undefined;
  const parameters = await argumentsOf(run, frame, state, token);
  const [timeout, heartbeat, credentials] = [
    await seconds(run, frame, state, 'TimeoutSeconds'),
    await seconds(run, frame, state, 'HeartbeatSeconds'),
    await roleOf(run, frame, state),
  ];
  if (
    activity !== undefined &&
    !context.records.activities.has([activity.slice(activity.lastIndexOf(':') + 1)])
  )
    throw runtimeFailure(`The activity ${activity} does not exist.`);
  tell.scheduled({ parameters, region: context.env.region, timeout, heartbeat, credentials });
  if (activity === undefined) tell.started();
  const now = context.env.clock.now();
  const pending: PendingTask = {
    kind: 'task',
    phase: activity === undefined ? 'calling' : 'waiting',
    parameters,
    ...(token === undefined ? {} : { token }),
    ...(timeout === undefined ? {} : { deadline: now + timeout * 1000 }),
    ...(heartbeat === undefined || !waits ? {} : { heartbeat, beat: now }),
  };
  frame.pending = pending;
  journal.save(frame);
  journal.flush(() => {
    if (token !== undefined)
      context.records.tokens.put([token], { ...place, ...(activity ? { activity } : {}) });
  });
  if (activity !== undefined && token !== undefined) context.waiting.offer(activity, token);
  return pending;
}

async function seconds(
  run: Execution,
  frame: Frame,
  state: TaskState,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const given = state[field];
  if (given !== undefined)
    return languageIn(run, state) === 'JSONata'
      ? Number(await evaluateAs('number', given, field, jsonataScope(run, frame, frame.input)))
      : Number(given);
  const path = state[`${field}Path`];
  if (path === undefined) return undefined;
  const scope = pathScope(run, frame, selected(run, frame, state));
  const found = selectValue(`${field}Path`, path, scope);
  if (typeof found !== 'number' || found <= 0)
    throw runtimeFailure(
      `The ${field}Path parameter does not reference a positive integer: ${path} == ${JSON.stringify(found)}`,
    );
  return found;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html */
async function roleOf(run: Execution, frame: Frame, state: TaskState): Promise<string | undefined> {
  const { Credentials } = state;
  if (!Credentials) return undefined;
  const filled =
    languageIn(run, state) === 'JSONata'
      ? await evaluateField(Credentials, 'Credentials', jsonataScope(run, frame, frame.input))
      : fillTemplate(Credentials, pathScope(run, frame, selected(run, frame, state)));
  return String((filled as JsonObject).RoleArn);
}

async function work(
  run: Execution,
  frame: Frame,
  state: TaskState,
  resource: TaskResource,
  pending: PendingTask,
  fresh: boolean,
  tell: TaskTeller,
  signal: AbortSignal,
): Promise<Json> {
  const { context, journal } = run;
  const said = pending.token === undefined ? undefined : listen(run, pending, pending.token);
  // It may be said to have failed before anyone waits for it here.
  said?.catch(() => {});
  if (resource.kind === 'activity') return said ?? null;
  const taken = await roleOf(run, frame, state);
  const as = await run.role(taken);
  // Who got the token may have been quicker than the answer of the call, and the cloud may have stopped since.
  if (said && pending.answer) return said;
  if (pending.phase === 'calling') {
    const answer = await call(run, frame, resource, pending, fresh, as, taken);
    if (resource.kind === 'function' || resource.pattern === 'request') return answer;
    if (signal.aborted) throw new Aborted();
    if (resource.pattern !== 'waitForTaskToken') pending.job = jobOf(resource, pending.parameters, answer);
    pending.phase = 'waiting';
    tell.submitted(answer);
    journal.save(frame);
    journal.flush();
  }
  if (said) return said;
  if (resource.kind === 'service' && pending.job) return whenDone(context, resource, pending.job, as, signal);
  throw runtimeFailure('The task waits for nothing.');
}

async function call(
  run: Execution,
  frame: Frame,
  resource: Exclude<TaskResource, { kind: 'activity' }>,
  pending: PendingTask,
  fresh: boolean,
  as: WrappableInvoke,
  taken: string | undefined,
): Promise<Json> {
  const { parameters, called, begun } = pending;
  const keeping = as.within((handle) => keepAnswer(run, frame, pending, handle));
  const lost = !fresh && begun;
  if (resource.kind === 'function') {
    if (lost) throw lostCall('Lambda');
    return callFunction(run.context, resource.arn, parameters, keeping);
  }
  if (called) return readAnswer(run.context, resource, called.output);
  if (lost && !onlyReads(resource)) throw lostCall(errorPrefix(resource));
  if (!resource.sdk && resource.service === 'apigateway') {
    if (!fresh) throw lostCall(errorPrefix(resource));
    return callApi(run.context, parameters, () => run.credentials(taken));
  }
  return callService(run.context, resource, parameters, keeping, [run.arn, run.machineArn]);
}

/**
 * An operation that needs nothing from outside ends in one write, and its answer is kept in the same: a crash comes before
 * both, and the call is made again, or after both. Of one that goes on later it is kept that it began.
 */
function keepAnswer(
  run: Execution,
  frame: Frame,
  pending: PendingTask,
  handle: () => object | Promise<object>,
): object | Promise<object> {
  if (run.record.type !== 'STANDARD') return handle();
  const { env, records } = run.context;
  const { group, name } = run.record;
  const done = env.store.transaction(() => {
    const output = handle();
    if (output instanceof Promise) pending.begun = true;
    else pending.called = { output };
    records.frames.put([group, name, frame.id], frame);
    // Not the promise itself: the transaction would wait for it.
    return { output };
  });
  return done.output;
}

/** Resolves when SendTaskSuccess or SendTaskFailure was called for the task. */
function listen(run: Execution, pending: PendingTask, token: string): Promise<Json> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const said: Answer | undefined = pending.answer;
      if (!said) return;
      if ('output' in said) resolve(said.output);
      else reject(new FinalFailure(said.error, said.cause));
    };
    run.context.waiting.listen(token, look);
    look();
  });
}

/** Ends when the work ends, a limit of time is over, or the thread is to leave. */
async function withinLimits<T>(
  run: Execution,
  pending: PendingTask,
  signal: AbortSignal,
  begin: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock } = run.context.env;
  const own = new AbortController();
  const due = () =>
    Math.min(
      pending.deadline ?? Number.POSITIVE_INFINITY,
      pending.heartbeat === undefined
        ? Number.POSITIVE_INFINITY
        : (pending.beat ?? clock.now()) + pending.heartbeat * 1000,
    );
  let timer: { cancel(): void } | undefined;
  const leave = () => own.abort();
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      own.signal.addEventListener('abort', () => reject(new Aborted()), { once: true });
      const arm = () => {
        const at = due();
        if (!Number.isFinite(at)) return;
        timer = clock.after(at - clock.now(), () => (due() > clock.now() ? arm() : reject(new TimedOut())));
      };
      arm();
      begin(own.signal).then(resolve, reject);
    });
  } finally {
    timer?.cancel();
    signal.removeEventListener('abort', leave);
    own.abort();
  }
}

function stopJobOf(run: Execution, resource: TaskResource, { job }: PendingTask): void {
  if (!job || resource.kind !== 'service') return;
  run
    .role()
    .then((as) => stopJob(run.context, resource, job, as))
    .catch(() => {
      // It has ended by itself, or the role may not stop it.
    });
}
