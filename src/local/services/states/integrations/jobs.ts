/**
 * Tasks that wait until what they started has ended (`.sync`).
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync
 */

import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import type { ScopedInvoke } from '../../../invoke.ts';
import { StateFailure } from '../language/failure.ts';
import { type CallContext, callService } from './calls.ts';
import type { ServiceResource } from './resource.ts';

/** What is waited for: it is kept with the execution, which goes on waiting after a restart. */
export type Job =
  | { readonly kind: 'execution'; readonly arn: string }
  | { readonly kind: 'tasks'; readonly cluster: string | null; readonly arns: readonly string[] };

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** @throws StateFailure when nothing was started */
export function jobOf({ service }: ServiceResource, parameters: Json, answer: Json): Job {
  const said = isJsonObject(answer) ? answer : {};
  if (service === 'states') return { kind: 'execution', arn: String(said.ExecutionArn) };
  const failures = list(said.Failures);
  const arns = list(said.Tasks).map((task) => String(isJsonObject(task) ? task.TaskArn : ''));
  if (failures.length > 0 || arns.length === 0)
    throw new StateFailure('ECS.AmazonECSException', JSON.stringify(said));
  const cluster =
    isJsonObject(parameters) && typeof parameters.Cluster === 'string' ? parameters.Cluster : null;
  return { kind: 'tasks', cluster, arns };
}

/** ms between two looks. */
const pause = 100;

/** @throws StateFailure when it ended badly */
export async function whenDone(
  context: CallContext,
  resource: ServiceResource,
  job: Job,
  as: ScopedInvoke,
  signal: AbortSignal,
): Promise<Json> {
  for (let wait = pause; ; wait = Math.min(2000, wait * 1.5)) {
    if (signal.aborted) throw new Error('aborted');
    const done = await (job.kind === 'execution'
      ? executionEnd(context, resource, job.arn, as)
      : tasksEnd(context, resource, job, as));
    if (done !== undefined) return done;
    await context.env.clock.sleep(wait, signal);
  }
}

const looking = (resource: ServiceResource, action: string): ServiceResource => ({
  ...resource,
  action,
  name: action,
  pattern: 'request',
});

async function executionEnd(
  context: CallContext,
  resource: ServiceResource,
  arn: string,
  as: ScopedInvoke,
): Promise<Json | undefined> {
  const described = (await callService(
    context,
    looking(resource, 'describeExecution'),
    { ExecutionArn: arn },
    as,
  )) as JsonObject;
  const { SdkHttpMetadata: _, SdkResponseMetadata: __, Input, Output, ...rest } = described;
  if (rest.Status === 'RUNNING' || rest.Status === 'PENDING_REDRIVE') return undefined;
  const shown = (value: Json | undefined): Json =>
    resource.pattern === 'sync:2' && typeof value === 'string'
      ? (JSON.parse(value) as Json)
      : (value ?? null);
  const end: JsonObject = {
    ...rest,
    ...(Input === undefined ? {} : { Input: shown(Input) }),
    ...(Output === undefined ? {} : { Output: shown(Output) }),
  };
  if (rest.Status !== 'SUCCEEDED') throw new StateFailure('States.TaskFailed', JSON.stringify(end));
  return end;
}

async function tasksEnd(
  context: CallContext,
  resource: ServiceResource,
  { cluster, arns }: Job & { readonly kind: 'tasks' },
  as: ScopedInvoke,
): Promise<Json | undefined> {
  const described = (await callService(
    context,
    looking(resource, 'describeTasks'),
    { ...(cluster === null ? {} : { Cluster: cluster }), Tasks: arns },
    as,
  )) as JsonObject;
  const tasks = list(described.Tasks).filter(isJsonObject);
  if (tasks.length === 0) throw new StateFailure('States.TaskFailed', JSON.stringify(described));
  if (tasks.some(({ LastStatus }) => LastStatus !== 'STOPPED')) return undefined;
  const failed = tasks.find(
    ({ Containers, StopCode }) =>
      StopCode === 'TaskFailedToStart' ||
      list(Containers).some(
        (one) => isJsonObject(one) && typeof one.ExitCode === 'number' && one.ExitCode !== 0,
      ),
  );
  if (failed) throw new StateFailure('States.TaskFailed', JSON.stringify(failed));
  return tasks[0] ?? null;
}

/** When the workflow is stopped or times out, what it started is stopped too. */
export async function stopJob(
  context: CallContext,
  resource: ServiceResource,
  job: Job,
  as: ScopedInvoke,
): Promise<void> {
  if (job.kind === 'execution')
    await callService(context, looking(resource, 'stopExecution'), { ExecutionArn: job.arn }, as);
  else
    for (const arn of job.arns)
      await callService(
        context,
        looking(resource, 'stopTask'),
        { ...(job.cluster === null ? {} : { Cluster: job.cluster }), Task: arn },
        as,
      );
}
