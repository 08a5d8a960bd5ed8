/** What a handler is given when Cloud Control asks it. */
import { isObject } from '../../../core/is-object.ts';
import { type Tag, tagMap } from '../../resource-tags.ts';
import type { ResourceRequest } from '../../service.ts';
import type { CloudControlContext } from './context.ts';
import type { KnownType } from './types.ts';

type Properties = Readonly<Record<string, unknown>>;

/** @param token the random part of generated names */
export function requestFor(
  context: CloudControlContext,
  known: KnownType,
  properties: Properties,
  token: string,
  invoke: ResourceRequest['invoke'],
  signal: AbortSignal = never,
): ResourceRequest {
  const { type } = known.handler;
  const logicalId = type.split('::')[2] ?? type;
  return {
    logicalId,
    // Handlers read the account and region from it; no stack has this name.
    stackId: context.env.arn('cloudformation', 'stack/CloudControl/00000000-0000-4000-8000-000000000000'),
    stackName: 'CloudControl',
    properties: { ...properties },
    tags: ownTags(known, properties),
    invoke,
    uniqueName(max, { lowercase = false } = {}) {
      const name = `${logicalId.slice(0, Math.max(1, max - token.length - 1))}-${token}`;
      return lowercase ? name.toLowerCase() : name;
    },
    resourcesOf: (other) => [...context.resources.values()].filter((one) => one.type === other),
    progress: () => {},
    signal,
  };
}

const never = new AbortController().signal;

export function ownTags({ handler, spec }: KnownType, properties: Properties): Record<string, string> {
  const own = handler.ownTags?.({ ...properties }) ?? properties[spec.tags ?? 'Tags'];
  if (Array.isArray(own)) return tagMap(own.filter(isTag));
  if (!isObject(own)) return {};
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, String(value)]));
}

const isTag = (one: unknown): one is Tag => isObject(one) && typeof one.Key === 'string';
