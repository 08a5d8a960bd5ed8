/**
 * The calls that creating a resource would make, checked and not made: what they would be refused for whatever there is
 * in the cloud is known before anything is made, from the same code that refuses it later.
 */
import type { ResourceNode } from '../../../template/index.ts';
import {
  type AwsError,
  hasCode,
  type Invoke,
  type ResourceRequest,
  type ResourceState,
  type ResourceType,
} from '../../service.ts';
import { compareProperties } from './compare.ts';
import type { CloudFormationContext, KnownType } from './context.ts';
import type { LoadedTemplate } from './deployment.ts';
import { uniqueName } from './engine/run.ts';
import type { Properties } from './model.ts';
import { resourceTags } from './resource-tags.ts';

/** More calls than any resource needs: a handler that waits for what is never made ends here. */
const mostCalls = 500;

/** A resource that was rehearsed, as it would be. */
export interface Rehearsal {
  readonly type: string;
  readonly mode: ResourceType['mode'];
  readonly properties: Properties;
  readonly state: ResourceState;
}

/** Making one takes a twentieth of a millisecond, with the error that it carries. */
const aborted = AbortSignal.abort();

interface Rehearsed {
  /** What the calls would be refused for. */
  readonly refused: readonly AwsError[];
  /** As the handler makes it of answers that mean nothing; undefined when it came to no end. */
  readonly made?: Rehearsal;
}

export async function rehearse(
  context: CloudFormationContext,
  { scope }: Pick<LoadedTemplate, 'scope'>,
  { logicalId }: ResourceNode,
  known: KnownType,
  properties: Properties,
  rehearsed: ReadonlyMap<string, Rehearsal>,
): Promise<Rehearsed> {
  const { handler, spec, custom } = known;
  const { stackId, stackName } = scope.pseudo;
  const tags = (own: Properties) => resourceTags(known, { id: stackId, name: stackName }, logicalId, own, {});
  const refused: AwsError[] = [];
  let calls = 0;
  const invoke = async (service: string, operation: string, input: object): Promise<object> => {
    if (++calls > mostCalls) throw new Error('the rehearsal has no end');
    const { problems, answer } = await context.rehearse(service, operation, input);
    refused.push(...problems);
    return answer;
  };
  const request: ResourceRequest = {
    logicalId,
    stackId,
    stackName,
    properties,
    tags: tags(properties),
    // Operations are kept without their types, as where calls are dispatched.
    invoke: invoke as Invoke,
    resourcesOf: (type) => [
      ...context.records.ofType(type),
      ...[...rehearsed.values()]
        .filter((one) => one.type === type)
        .map((one) => ({ physicalId: one.state.physicalId, properties: one.properties })),
    ],
    uniqueName: (max, options) =>
      uniqueName(stackName, logicalId, 'ABCDEF012345', max, options?.lowercase === true),
    progress: () => {},
    signal: aborted,
  };
  const state = context.records.resource(stackId, logicalId)?.state;
  const changes = state && compareProperties(state.properties, properties, spec, custom);
  if (changes?.length === 0) return { refused };
  const inPlace = state && !changes?.some(({ recreation }) => recreation === 'Always');
  try {
    if (handler.rehearse) await handler.rehearse(request);
    else if (inPlace && handler.update)
      await handler.update({
        ...request,
        physicalId: state.physicalId,
        previous: { ...state.properties },
        previousTags: tags(state.properties),
        previousAttributes: state.attributes,
      });
    else {
      const { type, mode } = handler;
      return { refused, made: { type, mode, properties, state: await handler.create(request) } };
    }
  } catch (error) {
    // A handler may refuse properties itself. Whatever else it stumbles over needs what only a real call gives.
    if (hasCode(error, 'NotImplemented', 'InvalidRequest')) refused.push(error);
  }
  return { refused };
}
