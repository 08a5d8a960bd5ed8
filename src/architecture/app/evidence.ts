/** Where something follows from, in plain JSON: a property, a statement, and its value in short. */
import type { Resolved, ResourceRef } from './model.ts';
import { isUnresolved, valueAt } from './values.ts';

export interface Evidence {
  /** Where, as `Stack/LogicalId/Properties/…`, or what was measured. */
  readonly at: string;
  /** The value, statement or path that shows it, as a short text. Never a secret's value. */
  readonly shows: string;
}

/** `Stack/LogicalId/Properties/A/B` */
export const propertyOf = ({ id }: ResourceRef, property: string): string =>
  `${id}/Properties/${property.replaceAll('.', '/')}`;

export const evidenceAt = (resource: ResourceRef, property: string, shows: string): Evidence => ({
  at: propertyOf(resource, property),
  shows,
});

/** A property as evidence: its name and value in one line; `absent` and `not resolved` are said. */
export function show(resource: ResourceRef & { readonly properties: Resolved }, property: string): Evidence {
  const value = valueAt(resource.properties, property);
  return evidenceAt(resource, property, `${property.split('.').at(-1)}: ${inShort(value)}`);
}

export function inShort(value: Resolved | undefined): string {
  if (value === undefined) return 'absent';
  if (isUnresolved(value)) return 'not resolved';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
