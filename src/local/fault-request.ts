/** A fault as people ask for one, checked and completed: by `slipway fault add` and by `injectFault`. */
import { SlipwayError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { FaultRule } from './edge/faults.ts';
import type { LoadedService } from './edge/loaded-service.ts';
import { services } from './services/registry.ts';

export interface FaultRequest {
  readonly id: string;
  readonly service?: string;
  readonly operation?: string;
  readonly resource?: string;
  readonly rate?: number;
  readonly seed?: number;
  readonly delayMs?: number;
  readonly error?: { readonly code: string; readonly message?: string; readonly status?: number };
}

const invalid = (message: string, fix: string) => new SlipwayError('local.invalid', message, { fix });

/** @throws SlipwayError local.invalid when no call could ever be hit by it, or it would do nothing */
export async function completeFault(
  { id, service = '*', operation = '*', resource = '*', rate = 1, seed, delayMs, error }: FaultRequest,
  load: (service: string) => Promise<LoadedService>,
): Promise<FaultRule> {
  if (!(rate > 0 && rate <= 1))
    throw invalid(`${rate} is not a share of the calls`, 'give a rate above 0, up to 1');
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw invalid(`${seed} is not a seed`, 'give a whole number');
  if (!/^[\w.-]{1,64}$/.test(id))
    throw invalid(`'${id}' is no id of a fault`, 'give up to 64 letters, digits, . _ -');
  if (resource === '') throw invalid('the resource is empty', 'give an ARN, a name, or a pattern with *');
  if (!delayMs && !error) throw invalid('the fault does nothing', 'give an error, a delay, or both');
  if (error) checkError(error);
  await checkOperation(service, operation, load);
  return {
    id,
    service,
    operation,
    resource,
    rate,
    seed: seed ?? Math.floor(Math.random() * 1_000_000),
    ...(delayMs ? { delayMs } : {}),
    ...(error
      ? {
          error: {
            code: error.code,
            message: error.message ?? `Injected by the fault ${id}.`,
            status: error.status ?? usualStatus(error.code),
          },
        }
      : {}),
  };
}

function checkError({ code, status }: NonNullable<FaultRequest['error']>): void {
  if (!/^[\w.:-]{1,128}$/.test(code))
    throw invalid(`'${code}' is not an error code`, 'give one as AWS writes it, such as ThrottlingException');
  if (status !== undefined && !(Number.isInteger(status) && status >= 400 && status <= 599))
    throw invalid(`${status} is not the HTTP status of an error`, 'give one from 400 to 599');
}

/** Of AWS's common errors; the others of a service are mostly the caller's fault, 400. */
const usualStatus = (code: string): number =>
  /^(ServiceUnavailable|SlowDown)/.test(code) ? 503 : /^Internal/.test(code) ? 500 : 400;

async function checkOperation(
  service: string,
  operation: string,
  load: (service: string) => Promise<LoadedService>,
): Promise<void> {
  if (service === '*') {
    if (operation === '*') return;
    throw invalid(`the operation ${operation} is given without its service`, 'give the service as well');
  }
  const ids: readonly string[] = services.map(({ id }) => id);
  if (!ids.includes(service))
    throw invalid(
      `'${service}' is no service of the local cloud`,
      hint(service, ids) ?? `give one of ${ids.join(', ')}, or none for all`,
    );
  const names = (await load(service)).service.operations.map(({ name }) => name);
  if (operation !== '*' && !names.includes(operation))
    throw invalid(
      `'${operation}' is no operation of ${service} in the local cloud`,
      hint(operation, names) ?? `give one of ${names.join(', ')}, or none for all`,
    );
}

function hint(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near && `did you mean ${near}?`;
}
