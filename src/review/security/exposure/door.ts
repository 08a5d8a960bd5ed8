/** What a kind of entry from the internet has to say about itself. Types, and the small words that all doors share. */

import type { Resolved } from '../../../architecture/app/model.ts';
import {
  type AccessLevel,
  type AccessModel,
  type Architecture,
  isUnresolved,
  type Network,
  type Resource,
  resourceRef,
  valueAt,
} from '../../../architecture/index.ts';
import type { Evidence, Unclear } from '../../finding.ts';
import type { EntryPoint, Guard } from '../report.ts';

export interface Next {
  readonly to: Resource;
  readonly by: string;
  readonly opens: Evidence;
  /** What the way in gives on a store; absent for what is not one. */
  readonly access?: readonly AccessLevel[];
}

export interface Door {
  readonly kind: EntryPoint['kind'];
  readonly resource: Resource;
  readonly what: string;
  readonly opens: Evidence;
  readonly guards: readonly Guard[];
  readonly writes: boolean;
  /** The guards could not be told. */
  readonly unknown?: boolean;
  readonly next: readonly Next[];
  /** Of a door that is a store itself: what it gives. */
  readonly access?: readonly AccessLevel[];
}

export interface DoorContext {
  readonly app: Architecture;
  readonly access: AccessModel;
  readonly network: Network;
  door(door: Door): void;
  unclear(resource: Resource, what: string, because: string): void;
}

export type DoorKind = (context: DoorContext) => void;

export const evidenceAt = (resource: Resource, property: string, shows: string): Evidence => ({
  at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`,
  shows,
});

/** A property as evidence: its name and value in one line; `absent` and `not resolved` are said. */
export function show(resource: Resource, property: string): Evidence {
  const value = valueAt(resource.properties, property);
  const name = property.split('.').at(-1) ?? property;
  return evidenceAt(resource, property, `${name}: ${inShort(value)}`);
}

export function inShort(value: Resolved | undefined): string {
  if (value === undefined) return 'absent';
  if (isUnresolved(value)) return 'not resolved';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

export const unclearAbout = (resource: Resource, what: string, because: string): Unclear => ({
  resource: resourceRef(resource),
  what,
  because,
});

export const authenticationOf = ({ guards, unknown }: Door): EntryPoint['authentication'] =>
  guards.some(({ limits }) => limits === 'who')
    ? 'who'
    : unknown === true
      ? 'unknown'
      : guards.some(({ limits }) => limits === 'some')
        ? 'some'
        : 'none';
