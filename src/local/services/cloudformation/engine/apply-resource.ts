/** Brings one resource to what the template asks: creates it, updates it in place, replaces it, or leaves it. */
import { reasonOf } from '../../../../core/events.ts';
import type { ResourceNode } from '../../../../template/index.ts';
import type { ResourceState } from '../../../service.ts';
import { compareProperties, givenName } from '../compare.ts';
import type { Loaded } from '../deployment.ts';
import { desiredProperties, referencesTo } from '../desired.ts';
import { asInvalid } from '../errors.ts';
import type { ResourceRecord, ResourceVersion } from '../model.ts';
import { isTaggable, resourceTags } from '../resource-tags.ts';
import { sameValue } from '../values.ts';
import { failureOf, intended, make, newToken, replaced, version, type Wanted } from './make.ts';
import { Interrupted, type Run, requestFor, resourceEvent, resourceEvents, stackOf } from './run.ts';

/** Throws when the resource failed; its record and events say why. */
export async function applyResource(run: Run, loaded: Loaded, node: ResourceNode): Promise<void> {
  const { context, stackId } = run;
  const { records, env } = context;
  const existing = records.resource(stackId, node.logicalId);
  const record: ResourceRecord = {
    ...existing,
    logicalId: node.logicalId,
    type: node.type,
    status: existing?.status ?? 'CREATE_IN_PROGRESS',
    at: existing?.at ?? env.clock.now(),
  };
  const known = await context.types.find(node.type);
  let wanted: Wanted;
  try {
    if (!known) throw new Error(`Slipway does not support the resource type ${node.type}`);
    wanted = {
      node,
      known,
      properties: await desiredProperties(
        node,
        known,
        loaded,
        referencesTo((id) => records.resource(stackId, id)),
        { values: run.dynamic, invoke: run.invoke },
        env,
      ),
      stackTags: loaded.deployment.tags,
      dependsOn: [...node.dependsOn],
    };
  } catch (error) {
    const status = record.state ? 'UPDATE_FAILED' : 'CREATE_FAILED';
    resourceEvent(
      run,
      { ...record, change: record.change ?? (record.state ? undefined : 'created') },
      { status, reason: reasonOf(asInvalid(error)) },
    );
    throw error;
  }
  if (!record.state) return create(run, record, wanted);
  const { state } = record;
  const { spec, custom, handler } = wanted.known;
  const changes = compareProperties(state.properties, wanted.properties, spec, custom);
  const retag = isTaggable(wanted.known) && handler.update && !sameValue(state.stackTags, wanted.stackTags);
  const again = record.status.endsWith('_FAILED');
  if (changes.length === 0 && !retag && !again) return keep(run, record, state, wanted);
  const replace = changes.some((one) => one.recreation === 'Always') || !handler.update;
  return replace ? replaceResource(run, record, state, wanted) : update(run, record, state, wanted);
}

/** Nothing of the resource changes; its policies, metadata and dependencies may have. */
function keep(run: Run, record: ResourceRecord, state: ResourceVersion, wanted: Wanted): void {
  const next = version(wanted, state, state.token);
  if (sameValue(next, state)) return;
  // A rollback takes the policies back too.
  run.context.records.putResource(run.stackId, {
    ...record,
    state: next,
    change: record.change ?? 'updated',
    previous: record.previous ?? state,
  });
}

async function create(run: Run, given: ResourceRecord, wanted: Wanted): Promise<void> {
  const { properties } = wanted;
  const token = newToken(run);
  // Nobody else can have a name that is made up here: what has it was made by this.
  const making = wanted.known.handler.find && !givenName(properties, wanted.known);
  const begun = resourceEvent(
    run,
    { ...given, change: 'created', ...(making ? { making: intended(wanted, token) } : {}) },
    { status: 'CREATE_IN_PROGRESS', properties },
  );
  const record: ResourceRecord = { ...begun, making: undefined };
  const state = await make(run, record, wanted, token, 'CREATE_FAILED', (made) => ({
    ...record,
    state: made,
  }));
  const physicalId = state.physicalId;
  resourceEvents(run, { ...record, state }, [
    {
      status: 'CREATE_IN_PROGRESS',
      reason: 'Resource creation Initiated',
      properties,
      physicalId,
      aside: true,
    },
    { status: 'CREATE_COMPLETE', properties, physicalId },
  ]);
}

async function update(
  run: Run,
  given: ResourceRecord,
  state: ResourceVersion,
  wanted: Wanted,
): Promise<void> {
  const { handler } = wanted.known;
  if (!handler.update) return replaceResource(run, given, state, wanted);
  const { properties, stackTags } = wanted;
  // What is attempted is recorded first: a rollback, also after a crash, takes it back from there.
  const attempted = version(wanted, state, state.token);
  const record = resourceEvent(
    run,
    {
      ...given,
      state: attempted,
      change: given.change ?? 'updated',
      previous: given.previous ?? (given.change ? undefined : state),
    },
    { status: 'UPDATE_IN_PROGRESS', properties },
  );
  let result: ResourceState;
  try {
    result = await handler.update({
      ...requestFor(run, record, wanted.known, properties, state.token, stackTags, 'UPDATE_IN_PROGRESS'),
      physicalId: state.physicalId,
      previous: state.properties as Record<string, unknown>,
      previousTags: resourceTags(
        wanted.known,
        stackOf(run),
        record.logicalId,
        state.properties,
        state.stackTags,
      ),
      previousAttributes: state.attributes,
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    // A handler may find out that this change cannot be made in place, as AWS's handlers do with this code.
    if ((error as Error).name === 'NotUpdatable' && !run.signal.aborted)
      return replaceResource(run, { ...given, state }, state, wanted);
    resourceEvent(run, record, {
      status: 'UPDATE_FAILED',
      reason: failureOf(run, error, 'update'),
      properties,
    });
    throw error;
  }
  if (result.physicalId !== state.physicalId) {
    // Only custom resources do this: another physical id means that the old one is to be deleted.
    resourceEvent(
      run,
      {
        ...record,
        state: version(wanted, result, state.token),
        change: given.change === 'created' ? 'created' : 'replaced',
        ...(given.change === 'created' || given.change === 'replaced'
          ? { previous: given.previous, discard: [...(given.discard ?? []), state] }
          : { previous: given.previous ?? state }),
      },
      {
        status: 'UPDATE_COMPLETE',
        reason: 'Requested update required the provider to create a new physical resource',
        properties,
      },
    );
    return;
  }
  const done = { ...record, state: version(wanted, result, state.token) };
  if (run.signal.aborted) {
    resourceEvent(run, done, {
      status: 'UPDATE_FAILED',
      reason: 'Resource update cancelled',
      properties,
    });
    throw new Error('Resource update cancelled');
  }
  resourceEvent(run, done, { status: 'UPDATE_COMPLETE', properties });
}

async function replaceResource(
  run: Run,
  given: ResourceRecord,
  state: ResourceVersion,
  wanted: Wanted,
): Promise<void> {
  const { properties } = wanted;
  const custom = givenName(properties, wanted.known);
  if (custom && custom.key === givenName(state.properties, wanted.known)?.key) {
    const reason = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${custom.name} and update the stack again.`;
    resourceEvent(run, given, { status: 'UPDATE_FAILED', reason, properties });
    throw new Error(reason);
  }
  const record = resourceEvent(run, given, {
    status: 'UPDATE_IN_PROGRESS',
    reason: 'Requested update requires the creation of a new physical resource; hence creating one.',
    properties,
  });
  const recorded = (made: ResourceVersion) => replaced(record, state, made);
  const made = await make(run, record, wanted, newToken(run), 'UPDATE_FAILED', recorded);
  if (made.physicalId === state.physicalId) {
    const reason = `${made.physicalId} already exists and cannot be replaced by one of the same name. Rename it and update the stack again.`;
    resourceEvent(run, record, { status: 'UPDATE_FAILED', reason, properties });
    throw new Error(reason);
  }
  const { physicalId } = made;
  resourceEvents(run, recorded(made), [
    {
      status: 'UPDATE_IN_PROGRESS',
      reason: 'Resource creation Initiated',
      properties,
      physicalId,
      aside: true,
    },
    { status: 'UPDATE_COMPLETE', properties, physicalId },
  ]);
}
