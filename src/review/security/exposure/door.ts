import {
  type AccessLevel,
  type AccessModel,
  type Architecture,
  type Evidence,
  type Network,
  type Resource,
  resourceRef,
  type Step,
} from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { EntryPoint, Guard } from '../report.ts';

export interface Door {
  readonly kind: EntryPoint['kind'];
  readonly resource: Resource;
  readonly what: string;
  readonly opens: Evidence;
  readonly guards: readonly Guard[];
  readonly writes: boolean;
  /** The guards could not be told. */
  readonly unknown?: boolean;
  readonly next: readonly Step[];
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
