/**
 * The part of the pipeline that every call passes, from the wire or between services:
 * check the input → authorise → fault on request → meter → take the body → handle.
 */
import { longestTurnMs } from '../../core/clock.ts';
import type { MeterRecord } from '../../core/usage.ts';
import { type AccessCheck, AwsError, type Call, throwFirst, thrownBy, unsupported } from '../service.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import { edgeErrors } from './errors.ts';
import type { FaultRules } from './faults.ts';
import type { LoadedOperation, LoadedService } from './loaded-service.ts';

export interface DispatchContext extends AuthoriseContext {
  readonly faults: FaultRules;
  meter(record: MeterRecord): void;
  /** Work that kept every other caller waiting. */
  blocked(work: string, ms: number): void;
}

export async function dispatch(
  { entry, operation: find }: LoadedService,
  name: string,
  input: Record<string, unknown>,
  call: Call,
  context: DispatchContext,
  /** Reads what the operation takes beside the input that was checked: a body that streams. */
  admit?: () => Promise<void>,
): Promise<object> {
  const operation = find(name);
  if (!operation) throw unsupported(`${entry.id}:${name}`);
  checkInput(operation, `${entry.id}:${name}`, input);

  const access = operation.behaviour.access(input as never, call);
  const checks: readonly AccessCheck[] = Array.isArray(access) ? access : [access];
  authorise(call, checks, context, input);
  const fault = context.faults.pick(entry.id, name, checks);
  if (fault) {
    if (fault.delayMs) await context.clock.sleep(fault.delayMs, call.signal());
    if (fault.error) throw new AwsError(fault.error.code, fault.error.message, fault.error.status);
  }
  // AWS's services call each other free of charge, except for requests that are paid each.
  if (entry.billedByRequest || call.caller.kind !== 'service') {
    const resource = entry.billedByRequest ? checks[0]?.resource.replace(/\/.*$/s, '') : undefined;
    context.meter({
      service: entry.id,
      usage: `requests:${name}`,
      quantity: 1,
      ...(resource === undefined || resource === '*' ? {} : { resource }),
    });
  }
  const { problems } = operation.behaviour;
  if (problems) throwFirst(problems(input as never));
  if (admit) await admit();
  const began = performance.now();
  let output: object | Promise<object>;
  try {
    output = operation.behaviour.handle(input as never, call);
  } finally {
    const took = performance.now() - began;
    if (took > longestTurnMs) context.blocked(`${entry.id}:${name}`, took);
  }
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
