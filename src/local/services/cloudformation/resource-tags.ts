/** Which tags a resource gets. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
import { isObject } from '../../../core/is-object.ts';
import { type Tag, tagMap } from '../../resource-tags.ts';
import type { KnownType } from './context.ts';
import type { Properties, StackRecord } from './model.ts';

/** Their APIs show none of CloudFormation's own tags on AWS. */
const withoutSystemTags = new Set(['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue']);

/** Whether the type takes tags at all: a change of the stack's tags is then a change of the resource. */
export const isTaggable = ({ spec, handler }: KnownType): boolean =>
  spec?.tags !== undefined || handler.ownTags !== undefined;

export function resourceTags(
  { spec, handler }: KnownType,
  { id, name }: Pick<StackRecord, 'id' | 'name'>,
  logicalId: string,
  properties: Properties,
  stackTags: Readonly<Record<string, string>>,
): Record<string, string> {
  const own = handler.ownTags?.(properties) ?? properties[spec?.tags ?? 'Tags'];
  const system: Record<string, string> = withoutSystemTags.has(handler.type)
    ? {}
    : {
        'aws:cloudformation:stack-name': name,
        'aws:cloudformation:stack-id': id,
        'aws:cloudformation:logical-id': logicalId,
      };
  return { ...system, ...stackTags, ...ownTags(own) };
}

/** A list of keys and values, or a map. */
function ownTags(own: unknown): Record<string, string> {
  if (Array.isArray(own)) return tagMap(own.filter(isTag));
  if (!isObject(own)) return {};
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, String(value)]));
}

const isTag = (one: unknown): one is Tag => isObject(one) && typeof one.Key === 'string';
