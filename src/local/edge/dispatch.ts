/**
 * The part of the pipeline that every call passes, from the wire or between services:
 * check the input → authorise → fault on request → meter → take the body → handle.
 */

import type { Scope } from '../../core/regions.ts';
import { inOneTurn, type TurnWatch } from '../../core/turn.ts';
import type { MeterRecord } from '../../core/usage.ts';
import { type AccessCheck, AwsError, type Call, throwFirst, thrownBy, unsupported } from '../service.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import { edgeErrors } from './errors.ts';
import type { FaultRules } from './faults.ts';
import type { LoadedOperation, LoadedService } from './loaded-service.ts';

export interface DispatchContext extends AuthoriseContext, TurnWatch {
  readonly faults: FaultRules;
  meter(record: MeterRecord, scope: Scope): void;
}

export async function dispatch(
  { entry, service, operation: find }: LoadedService,
  name: string,
  input: Record<string, unknown>,
  call: Call,
  context: DispatchContext,
  /** Reads what the operation takes beside the input that was checked: a body that streams. */
  admit?: () => Promise<void>,
): Promise<object> {
  const operation = find(name);
  if (!operation) throw unsupported(`${entry.id}:${name}`);
  const title = `${entry.id}:${name}`;
  const checks = inOneTurn(title, context, () => {
    checkInput(operation, title, input);
    const access = operation.behaviour.access(input as never, call);
    const asked: readonly AccessCheck[] = Array.isArray(access) ? access : [access];
    authorise(call, asked, context, input);
    return asked;
  });
  const fault = context.faults.pick(entry.id, name, checks);
  if (fault) {
    if (fault.delayMs) await context.clock.sleep(fault.delayMs, call.signal());
    if (fault.error) throw new AwsError(fault.error.code, fault.error.message, fault.error.status);
  }
  // AWS's services call each other free of charge, except for requests that are paid each.
  if (entry.billedByRequest || call.caller.kind !== 'service') {
    const resource = entry.billedByRequest ? checks[0]?.resource.replace(/\/.*$/s, '') : undefined;
    context.meter(
      {
        service: entry.id,
        usage: `requests:${name}`,
        quantity: 1,
        ...(resource === undefined || resource === '*' ? {} : { resource }),
      },
      service.scopeOf?.(input) ?? call.scope,
    );
  }
  const { problems } = operation.behaviour;
  if (problems) throwFirst(problems(input as never));
  if (admit) await admit();
  const handle = () => operation.behaviour.handle(input as never, call) ?? {};
  const output = inOneTurn(title, context, () => (call.around ? call.around(handle) : handle()));
  return (await output) ?? {};
}

/** What every call of these members would be refused for. */
export function* inputProblems(
  { entry, operation: find }: LoadedService,
  name: string,
  input: Record<string, unknown>,
): Generator<AwsError> {
  const operation = find(name);
  if (!operation) return yield unsupported(`${entry.id}:${name}`);
  yield* thrownBy(() => checkInput(operation, `${entry.id}:${name}`, input));
  yield* operation.behaviour.problems?.(input as never) ?? [];
}

function checkInput(
  { accepts, required, mayBeEmpty, check }: LoadedOperation,
  name: string,
  input: Readonly<Record<string, unknown>>,
): void {
  if (accepts)
    for (const key of Object.keys(input))
      if (!accepts.has(key) && input[key] !== undefined) throw unsupported(`the parameter ${key} of ${name}`);
  check?.(input);
  for (const member of required)
    if (input[member] === undefined || (input[member] === '' && !mayBeEmpty.has(member)))
      throw edgeErrors.missingParameter(member);
}
