/**
 * The names, ARNs and URLs that AWS will give resources, as far as they follow from the template. A name that AWS makes
 * up is `{Stack/LogicalId}`. Ref's value by type: "Return values" on each type's page of the template reference,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
import type { Resolved } from '../../template/index.ts';
import { arnFormOf, isListAttribute } from '../schema/arns.ts';
import { factsOf } from '../types/lookup.ts';

export interface Named {
  readonly type: string;
  /** `Stack/LogicalId`. */
  readonly id: string;
  /** As the template chooses it; undefined when AWS makes it up or it cannot be known. */
  readonly chosenName?: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
}

/** The property of a type that holds its name. */
export const nameProperty = (type: string): string | undefined => factsOf(type)?.name;

export const nameOf = ({ id, chosenName }: Named): string => chosenName ?? `{${id}}`;

export function arnOf(resource: Named): string {
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'unknown';
  const form = factsOf(resource.type)?.arn ?? arnFormOf(resource.type) ?? `${service}:R:A:N`;
  const filled = form
    .replace(/\bR\b/, resource.region)
    .replace(/\bA\b/, resource.accountId)
    .replace(/\bN\b/, () => nameOf(resource).replace(/^\//, ''));
  return `arn:${resource.partition}:${filled}`;
}

export function refOf(resource: Named): string {
  const naming = factsOf(resource.type);
  if (naming?.ref === 'arn') return arnOf(resource);
  if (naming?.ref === 'url')
    return `https://sqs.${resource.region}.amazonaws.com/${resource.accountId}/${nameOf(resource)}`;
  return nameOf(resource);
}

/** An attribute: ARNs in AWS's form, anything else a token that still says whose it is. */
export function attributeOf(resource: Named, attribute: string): Resolved {
  if (attribute === 'Arn' || attribute === `${resource.type.split('::')[2]}Arn`) return arnOf(resource);
  if (attribute === nameProperty(resource.type) || attribute === 'Ref') return nameOf(resource);
  if (resource.type === 'AWS::SQS::Queue' && attribute === 'QueueUrl') return refOf(resource);
  const url = factsOf(resource.type)?.urls?.[attribute];
  if (url !== undefined)
    return `https://${url.replace(/\bN\b/, () => nameOf(resource)).replace(/\bR\b/, resource.region)}`;
  if (resource.type === 'AWS::DynamoDB::Table' && attribute === 'StreamArn')
    return `${arnOf(resource)}/stream/*`;
  if (isListAttribute(resource.type, attribute)) return [`{${resource.id}}.${attribute}`];
  return `{${resource.id}}.${attribute}`;
}

/** `{Stack/LogicalId}`: a name that AWS makes up. */
export const placeholder = /\{([A-Za-z0-9._-]+\/[A-Za-z0-9]+)\}/g;

/** The resources whose placeholders are anywhere in a text. */
export const tokens = (text: string): string[] => [...text.matchAll(placeholder)].map(([, id = '']) => id);
