/**
 * One running stack operation: who it acts as, what it has told so far, and how it is stopped. A new one is made
 * for each phase that AWS counts as an operation of its own (a rollback is).
 */

import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation';
import { reasonOf } from '../../../../core/events.ts';
import { AwsError, type Invoke, type ResourceRequest } from '../../../service.ts';
import type { CloudFormationContext, KnownType } from '../context.ts';
import type { DynamicValues } from '../deployment.ts';
import type { OperationRecord, Properties, ResourceRecord, StackRecord } from '../model.ts';
import { resourceTags } from '../resource-tags.ts';
import { mask } from '../values.ts';

export interface Run {
  readonly context: CloudFormationContext;
  readonly stackId: string;
  readonly operation: OperationRecord;
  readonly invoke: Invoke;
  readonly dynamic: DynamicValues;
  readonly secrets: Set<string>;
  /** What this run makes, by logical id: side by side, so that one may not see the other's record yet. */
  readonly making: Map<string, { readonly type: string; readonly properties: Properties }>;
  /** Aborts when a resource failed, the user cancelled, or the cloud stops. */
  readonly signal: AbortSignal;
  /** Why it was cancelled; undefined while it was not. */
  cancelled(): string | undefined;
  cancel(reason: string): void;
  /** The cloud stops: nothing may be recorded any more; a restart takes over. */
  stopping(): boolean;
}

/** Thrown through a phase when the cloud stops in the middle of it. */
export class Interrupted extends Error {}

export const stackOf = (run: Run): StackRecord => run.context.records.stack(run.stackId);

/** Calls as the stack's role, or else as the caller. Each call of AWS's is made with the same identity. */
export async function principalOf(
  context: CloudFormationContext,
  stack: StackRecord,
  operation: OperationRecord,
): Promise<Invoke> {
  if (!stack.roleArn) return context.env.as(operation.caller, 'cloudformation.amazonaws.com');
  try {
    const session = await context.env.assumeRole(
      stack.roleArn,
      'cloudformation.amazonaws.com',
      'AWSCloudFormation',
    );
    return context.env.as(session.caller);
  } catch (error) {
    throw new AwsError(
      'ValidationError',
      `Role ${stack.roleArn} is invalid or cannot be assumed: ${reasonOf(error)}`,
    );
  }
}

export function stackEvent(run: Run, status: StackStatus, reason?: string): void {
  const { records } = run.context;
  if (run.stopping()) throw new Interrupted();
  const stack = stackOf(run);
  records.transaction(() => {
    records.patchStack(run.stackId, { status, reason });
    records.addEvent(run.stackId, {
      operationId: run.operation.id,
      ...(run.operation.token ? { token: run.operation.token } : {}),
      logicalId: stack.name,
      physicalId: stack.id,
      type: 'AWS::CloudFormation::Stack',
      status,
      ...(reason ? { reason } : {}),
    });
  });
}

interface ResourceEvent {
  readonly status: ResourceStatus;
  readonly reason?: string;
  readonly physicalId?: string;
  readonly properties?: Properties;
  /** Only told, not kept as the resource's status (progress, and replaced ones that are cleaned up). */
  readonly aside?: boolean;
}

/** Tells an event of a resource and keeps `record` with it, both or neither. */
export const resourceEvent = (run: Run, record: ResourceRecord, event: ResourceEvent): ResourceRecord =>
  run.context.records.transaction(() => tell(run, record, event));

/** Several in a row: all are told and kept, or none. */
export function resourceEvents(run: Run, record: ResourceRecord, events: readonly ResourceEvent[]): void {
  run.context.records.transaction(() => {
    for (const event of events) tell(run, record, event);
  });
}

function tell(run: Run, record: ResourceRecord, event: ResourceEvent): ResourceRecord {
  const { records, env } = run.context;
  if (run.stopping()) throw new Interrupted();
  const { stackId } = run;
  const kept: ResourceRecord = event.aside
    ? record
    : { ...record, status: event.status, reason: event.reason, at: env.clock.now() };
  records.addEvent(stackId, {
    operationId: run.operation.id,
    ...(run.operation.token ? { token: run.operation.token } : {}),
    logicalId: record.logicalId,
    physicalId: event.physicalId ?? record.state?.physicalId ?? '',
    type: record.type,
    status: event.status,
    ...(event.reason ? { reason: mask(event.reason, run.secrets) } : {}),
    ...(event.properties ? { properties: JSON.stringify(mask(event.properties, run.secrets)) } : {}),
  });
  if (!event.aside) records.putResource(stackId, kept);
  return kept;
}

/** What a handler is given, apart from what is its own operation's. */
export function requestFor(
  run: Run,
  record: ResourceRecord,
  known: KnownType,
  properties: Properties,
  token: string,
  stackTags: Readonly<Record<string, string>>,
  status: ResourceStatus,
): ResourceRequest {
  const stack = stackOf(run);
  const { id, name } = stack;
  return {
    logicalId: record.logicalId,
    stackId: id,
    stackName: name,
    properties: properties as Record<string, unknown>,
    tags: resourceTags(known, stack, record.logicalId, properties, stackTags),
    invoke: run.invoke,
    resourcesOf: (type) => [
      ...run.context.records.ofType(type),
      ...[...run.making]
        .filter(([logicalId, one]) => logicalId !== record.logicalId && one.type === type)
        .map(([physicalId, one]) => ({ physicalId, properties: one.properties })),
    ],
    uniqueName: (max, options) => uniqueName(name, record.logicalId, token, max, options?.lowercase === true),
    progress(text) {
      if (!run.stopping()) resourceEvent(run, record, { status, reason: text, aside: true });
    },
    signal: run.signal,
  };
}

/** `<stack>-<logicalId>-<token>`: the token is always whole, the two names share what is left. */
export function uniqueName(
  stackName: string,
  logicalId: string,
  token: string,
  max: number,
  lowercase: boolean,
): string {
  const room = Math.max(2, max - token.length - 2);
  const half = Math.floor(room / 2);
  const forStack = Math.max(1, Math.min(stackName.length, Math.max(half, room - logicalId.length)));
  const first = stackName.slice(0, forStack).replace(/-+$/, '');
  const name = `${first}-${logicalId.slice(0, Math.max(1, room - forStack))}-${token}`;
  return lowercase ? name.toLowerCase() : name;
}
