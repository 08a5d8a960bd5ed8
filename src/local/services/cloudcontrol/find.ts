/** A resource by its identifier, as stacks and Cloud Control made it. */
import {
  AwsError,
  hasCode,
  type MadeResource,
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
  unsupported,
} from '../../service.ts';
import type { CloudControlContext } from './context.ts';
import { notFound } from './errors.ts';
import { requestFor } from './request.ts';
import { identifierOf, type KnownType } from './types.ts';

export async function findMade(
  { made }: CloudControlContext,
  known: KnownType,
  identifier: string,
): Promise<MadeResource | undefined> {
  const all = await made(known.handler.type);
  return all.find(
    (one) => identifierOf(known, one.properties, one) === identifier || one.physicalId === identifier,
  );
}

/** @throws AwsError ResourceNotFoundException, or a refusal when only the service itself can tell */
export async function existing(
  context: CloudControlContext,
  known: KnownType,
  identifier: string,
  invoke: ResourceRequest['invoke'],
): Promise<MadeResource> {
  const { handler, spec } = known;
  const found = await findMade(context, known, identifier);
  if (found) {
    if (!handler.find || handler.mode === 'inert') return found;
    // What was made may have been deleted by another call since.
    const request = requestFor(context, known, found.properties, found.token, invoke);
    // Whoever may not look is told what the record says.
    const there = await look(handler, request).catch((error: unknown) => {
      if (hasCode(error, 'AccessDenied', 'AccessDeniedException')) return found;
      throw error;
    });
    if (there) return found;
    throw notFound(handler.type, identifier);
  }
  const names = spec.identifier ?? [];
  const values = identifier.split('|');
  const properties = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  const wasDeleted = [...context.requests.values()].some(
    (one) =>
      one.type === handler.type &&
      one.identifier === identifier &&
      (one.operation === 'DELETE' ? one.status === 'SUCCESS' : one.status === 'FAILED'),
  );
  if (handler.mode === 'inert' || wasDeleted) throw notFound(handler.type, identifier);
  if (handler.find && names.every((name) => spec.properties[name] !== undefined)) {
    const request = requestFor(context, known, properties, '', invoke);
    if ((await look(handler, request)) === undefined) throw notFound(handler.type, identifier);
  }
  throw unsupported(
    `reading ${handler.type} ${identifier}, which neither a stack nor Cloud Control made: ask its own service`,
  );
}

/** What would be made, when it is there already; nothing can be in what is not there itself. */
export async function look(
  { find }: ResourceType,
  request: ResourceRequest,
): Promise<ResourceState | undefined> {
  try {
    return await find?.(request);
  } catch (error) {
    if (error instanceof AwsError && /NotFound|NoSuch|NonExistent/.test(error.code)) return undefined;
    throw error;
  }
}
