/**
 * Makes one physical resource, and only one that nobody else has: what carries the name already is never taken for the
 * stack's own, although the APIs of several services would answer it to a second creation.
 */
import { reasonOf } from '../../../../core/events.ts';
import type { ResourceNode } from '../../../../template/index.ts';
import {
  AwsError,
  hasCode,
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
} from '../../../service.ts';
import { type GivenName, givenName } from '../compare.ts';
import type { KnownType } from '../context.ts';
import { ResourceFailure } from '../errors.ts';
import type { Properties, ResourceRecord, ResourceVersion } from '../model.ts';
import { Interrupted, type Run, requestFor, resourceEvent } from './run.ts';

export interface Wanted {
  readonly node: ResourceNode;
  readonly known: KnownType;
  readonly properties: Properties;
  readonly stackTags: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
}

type Failed = 'CREATE_FAILED' | 'UPDATE_FAILED';

/** The random part of a generated name. */
export const newToken = ({ context }: Run): string => context.env.randomId(12).toUpperCase();

export const intended = (
  wanted: Wanted,
  token: string,
): Omit<ResourceVersion, 'physicalId' | 'attributes'> => ({
  properties: wanted.properties,
  deletionPolicy: wanted.node.deletionPolicy,
  updateReplacePolicy: wanted.node.updateReplacePolicy,
  dependsOn: wanted.dependsOn,
  ...(wanted.node.metadata === undefined ? {} : { metadata: wanted.node.metadata }),
  stackTags: wanted.stackTags,
  token,
});

export const version = (wanted: Wanted, state: ResourceState, token: string): ResourceVersion => ({
  physicalId: state.physicalId,
  attributes: state.attributes,
  ...intended(wanted, token),
});

/** The record of a resource whose place a newly made one takes. */
export const replaced = (
  record: ResourceRecord,
  old: ResourceVersion,
  made: ResourceVersion,
): ResourceRecord => ({
  ...record,
  state: made,
  change: record.change === 'created' ? 'created' : 'replaced',
  // Replaced again before the stack was stable: the one in between belongs to neither state.
  ...(record.change === 'created' || record.change === 'replaced'
    ? { discard: [...(record.discard ?? []), old] }
    : { previous: record.previous ? { ...record.previous, attributes: old.attributes } : old }),
});

/** Runs the handler's create; what came of it is recorded even when it was cancelled meanwhile. */
export async function make(
  run: Run,
  record: ResourceRecord,
  wanted: Wanted,
  token: string,
  failed: Failed,
  recorded: (made: ResourceVersion) => ResourceRecord,
): Promise<ResourceVersion> {
  const { records } = run.context;
  const { properties } = wanted;
  let state: ResourceVersion;
  run.making.set(record.logicalId, { type: record.type, properties });
  try {
    state = version(wanted, await createAlone(run, record, wanted, failed, token), token);
  } catch (error) {
    run.making.delete(record.logicalId);
    if (error instanceof Interrupted) throw error;
    const known = error instanceof ResourceFailure ? error.physicalId : undefined;
    const left =
      known === undefined
        ? await leftBehind(run, record, wanted, error)
        : recorded(version(wanted, { physicalId: known, attributes: {} }, token));
    const physicalId = known ?? (left.state === record.state ? undefined : left.state?.physicalId);
    if (run.stopping() && physicalId !== undefined) records.putResource(run.stackId, left);
    resourceEvent(run, left, {
      status: failed,
      reason: failureOf(run, error, 'creation'),
      properties,
      physicalId,
    });
    throw error;
  }
  if (run.stopping()) {
    // Known to the restart, which will delete it.
    records.putResource(run.stackId, recorded(state));
    throw new Interrupted();
  }
  if (run.signal.aborted) {
    resourceEvent(run, recorded(state), {
      status: failed,
      reason: 'Resource creation cancelled',
      properties,
    });
    throw new Error('Resource creation cancelled');
  }
  return state;
}

/** Creates a resource that the template names only when nothing has that name, nor is given it at the moment. */
async function createAlone(
  run: Run,
  record: ResourceRecord,
  wanted: Wanted,
  failed: Failed,
  token: string,
): Promise<ResourceState> {
  const { properties, stackTags, known } = wanted;
  const { handler } = known;
  const { claims, records } = run.context;
  const status = failed === 'CREATE_FAILED' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS';
  const request = requestFor(run, record, known, properties, token, stackTags, status);
  const given = handler.find && givenName(properties, known);
  if (given === undefined) {
    // A creation has recorded it with its first event.
    if (handler.find && failed === 'UPDATE_FAILED')
      records.putResource(run.stackId, { ...record, making: intended(wanted, token) });
    return handler.create(request);
  }
  const claim = `${handler.type} ${given.key}`;
  if (claims.has(claim)) throw alreadyExists(run, known, given);
  claims.set(claim, run.stackId);
  try {
    const found = await lookFor(handler, request);
    if (typeof found === 'object') throw alreadyExists(run, known, given);
    // From here on, what has the name is this stack's, also when the cloud is killed before it is recorded.
    if (found === undefined) records.putResource(run.stackId, { ...record, making: intended(wanted, token) });
    return await handler.create(request);
  } finally {
    claims.delete(claim);
  }
}

/** Whoever may create may not always look, and AWS asks for the latter only where a creation would adopt. */
async function lookFor({ find, adopts }: ResourceType, request: ResourceRequest) {
  try {
    return await find?.(request);
  } catch (error) {
    if (!adopts && hasCode(error, ...denials)) return 'not known';
    throw error;
  }
}

const denials = ['AccessDenied', 'AccessDeniedException'];

/** What a creation of several calls made before one of them failed: the rollback deletes it. */
async function leftBehind(
  run: Run,
  record: ResourceRecord,
  wanted: Wanted,
  error: unknown,
): Promise<ResourceRecord> {
  const { making } = run.context.records.resource(run.stackId, record.logicalId) ?? {};
  // Whoever took a name of the template meanwhile keeps what has it.
  const taken = error instanceof Error && exists.test(error.name);
  if (!making || (taken && givenName(wanted.properties, wanted.known) !== undefined)) return record;
  const started = { ...record, making };
  // A look that fails is repeated by whatever deletes the resource.
  return recovered(run, started).catch(() => started);
}

/** Looks for what creations left that failed or were cut off, before a stack is taken back or deleted. */
export async function recoverAll(
  run: Run,
  failed: 'DELETE_FAILED' | 'UPDATE_FAILED',
): Promise<ReadonlyMap<string, unknown>> {
  const { records } = run.context;
  const failures = new Map<string, unknown>();
  for (const record of records.resources(run.stackId)) {
    if (!record.making || run.operation.skip.includes(record.logicalId)) continue;
    try {
      records.putResource(run.stackId, await recovered(run, record));
    } catch (error) {
      resourceEvent(run, record, { status: failed, reason: reasonOf(error) });
      failures.set(record.logicalId, error);
    }
  }
  return failures;
}

/** What is known of a creation that did not end: the resource, when it was made. */
export async function recovered(run: Run, record: ResourceRecord): Promise<ResourceRecord> {
  const { making, ...rest } = record;
  const known = making && (await run.context.types.find(record.type));
  if (!making || !known?.handler.find) return rest;
  const { properties, token, stackTags } = making;
  const request = requestFor(run, record, known, properties, token, stackTags, record.status);
  const found = await known.handler.find(request).catch(unlessNotThere);
  if (!found) return rest;
  const made = { ...making, ...found };
  return rest.state ? replaced(rest, rest.state, made) : { ...rest, state: made };
}

function alreadyExists(run: Run, known: KnownType, { name, key }: GivenName): AwsError {
  const { records, env } = run.context;
  const { type } = known.handler;
  const holds = (one: ResourceRecord) =>
    one.type === type && one.state !== undefined && givenName(one.state.properties, known)?.key === key;
  const holder = records.liveStacks().find(({ id }) => records.resources(id).some(holds));
  return new AwsError(
    'AlreadyExists',
    holder
      ? `${name} already exists in stack ${holder.id}`
      : `Resource handler returned message: "Resource of type '${type}' with identifier '${name}' already exists." (RequestToken: ${env.uuid()}, HandlerErrorCode: AlreadyExists)`,
  );
}

export const failureOf = (run: Run, error: unknown, what: 'creation' | 'update'): string =>
  run.signal.aborted ? `Resource ${what} cancelled` : `${reasonOf(error)}${importRefused(run, error)}`;

/** What services call it when a name is taken. */
const exists = /AlreadyExists|AlreadyOwned|ResourceInUse|ResourceConflict/;

const importRefused = (run: Run, error: unknown): string =>
  run.operation.importExisting && error instanceof Error && exists.test(error.name)
    ? ' (the change set asked to import what exists; Slipway does not import resources: delete it, or give the new one another name)'
    : '';

/** Nothing can be in what is not there itself, such as a stream of a log group. */
function unlessNotThere(error: unknown): undefined {
  if (error instanceof AwsError && /NotFound|NoSuch|NonExistent/.test(error.code)) return undefined;
  throw error;
}
