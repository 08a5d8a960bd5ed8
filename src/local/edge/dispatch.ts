/**
 * The part of the pipeline that every call passes, from the wire or between services:
 * check the input → authorise → fault on request → meter → handle.
 */
import type { NamedPolicy } from '../../iam/index.ts';
import { type AccessCheck, AwsError, type Call, type MeterRecord, unsupported } from '../service.ts';
import type { ProtocolKind } from '../wire/response.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import type { FaultRules } from './faults.ts';
import type { LoadedService } from './loaded-service.ts';

export interface DispatchContext extends AuthoriseContext {
  readonly faults: FaultRules;
  meter(record: MeterRecord): void;
}

/** Their requests cost money, so a bill names the bucket (an object's ARN without its key), queue or topic. */
const billedByRequest: ReadonlySet<string> = new Set(['s3', 'sqs', 'sns']);

export async function dispatch(
  loaded: LoadedService,
  name: string,
  input: Record<string, unknown>,
  call: Call,
  session: readonly NamedPolicy[],
  protocol: ProtocolKind | undefined,
  context: DispatchContext,
): Promise<object> {
  const operation = loaded.operations.get(name);
  const shape = loaded.schema.operations.get(name);
  if (!operation || !shape) throw unsupported(`${loaded.entry.id}:${name}`);
  const { accepts } = operation;
  if (accepts !== 'all') {
    const known: readonly string[] = accepts;
    for (const key of Object.keys(input))
      if (!known.includes(key) && input[key] !== undefined)
        throw unsupported(`the parameter ${key} of ${loaded.entry.id}:${name}`);
  }
  for (const member of shape.input.members)
    if (member.required && (input[member.name] === undefined || input[member.name] === ''))
      throw missing(member.name, protocol);

  const access = operation.access(input as never, call);
  const checks: readonly AccessCheck[] = Array.isArray(access) ? access : [access];
  authorise(call, checks, session, protocol, context);
  const fault = context.faults.pick(loaded.entry.id, name);
  if (fault) {
    if (fault.delayMs) await context.clock.sleep(fault.delayMs, call.signal);
    if (fault.error) throw new AwsError(fault.error.code, fault.error.message, fault.error.status);
  }
  const service = loaded.entry.id;
  const resource = billedByRequest.has(service) ? checks[0]?.resource.replace(/\/.*$/s, '') : undefined;
  context.meter({
    service,
    usage: `requests:${name}`,
    quantity: 1,
    ...(resource === undefined || resource === '*' ? {} : { resource }),
  });
  return (await operation.handle(input as never, call)) ?? {};
}

const missing = (name: string, protocol: ProtocolKind | undefined): AwsError =>
  protocol === 'query'
    ? new AwsError('MissingParameter', `The request must contain the parameter ${name}.`)
    : new AwsError(
        'ValidationException',
        `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
      );
