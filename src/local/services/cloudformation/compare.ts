/** How two states of a resource differ, and what CloudFormation has to do about it. */
import { parseProperty, type ResourceSpec } from '../../../architecture/schema/specs.ts';
import { isObject } from '../../../core/is-object.ts';
import { lookup } from '../../../core/lookup.ts';
import type { KnownType } from './context.ts';
import type { Properties } from './model.ts';
import { sameValue } from './values.ts';

export type Recreation = 'Never' | 'Conditionally' | 'Always';

interface PropertyChange {
  readonly name: string;
  readonly recreation: Recreation;
}

export function compareProperties(
  before: Properties,
  after: Properties,
  spec: ResourceSpec | undefined,
  custom: boolean,
): PropertyChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => !sameValue(before[name], after[name]))
    .map((name) => ({ name, recreation: recreationOf(name, before[name], after[name], spec, custom) }));
}

export function recreationOf(
  name: string,
  before: unknown,
  after: unknown,
  spec: ResourceSpec | undefined,
  custom: boolean,
): Recreation {
  // A custom resource answers another physical id when it wants to be replaced. Its ServiceToken may change:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
  if (custom) return 'Never';
  const declared = lookup(spec?.properties, name);
  if (declared === undefined) return 'Never';
  const property = parseProperty(declared);
  if (property.update === 'immutable') return 'Always';
  if (property.update === 'conditional') return 'Conditionally';
  return property.type.startsWith('#') ? inside(property.type.slice(1), before, after, spec) : 'Never';
}

/** A structure may be changed in place although some of its members may not. */
function inside(
  definition: string,
  before: unknown,
  after: unknown,
  spec: ResourceSpec | undefined,
): Recreation {
  const fields = spec?.definitions?.[definition];
  if (!fields || !isObject(before) || !isObject(after)) return 'Never';
  let worst: Recreation = 'Never';
  for (const [name, declared] of Object.entries(fields)) {
    if (sameValue(before[name], after[name])) continue;
    const { type, update } = parseProperty(declared);
    const found: Recreation =
      update === 'immutable'
        ? 'Always'
        : update === 'conditional'
          ? 'Conditionally'
          : type.startsWith('#')
            ? inside(type.slice(1), before[name], after[name], spec)
            : 'Never';
    if (found === 'Always') return found;
    if (found === 'Conditionally') worst = found;
  }
  return worst;
}

export interface GivenName {
  readonly name: string;
  /** The name and what makes it unique. */
  readonly key: string;
}

/** The name that a template gives a resource; undefined when CloudFormation generates it. */
export function givenName(properties: Properties, { handler, spec }: KnownType): GivenName | undefined {
  const identifier = spec?.identifier ?? [];
  const [first, ...others] = handler.named ?? [];
  const required = first === undefined ? identifier : [first];
  if (required.length === 0 || required.some((name) => properties[name] === undefined)) return undefined;
  const values = (names: readonly string[]) => names.map((name) => String(properties[name] ?? ''));
  return { name: values(required).join('|'), key: values([...required, ...others]).join('|') };
}
