/**
 * What a change is: for a node that may be at fault, the same property with rising values. One file per kind of change;
 * a new one is a file and a line in `index.ts`. The search in `search.ts` simulates them.
 */
import { type Resource, resourceRef } from '../../../architecture/index.ts';
import type { Load } from '../load/index.ts';
import type { TemplateModel } from '../model/build.ts';
import type { Change } from '../report.ts';
import type { Quantity, SystemModel, SystemNode } from '../simulator/model.ts';

export interface Step {
  readonly change: Change;
  readonly apply: (system: SystemModel) => SystemModel;
}

/** The same change in rising sizes. */
export interface SizedChange {
  readonly node: string;
  readonly steps: readonly Step[];
}

export interface Candidate {
  readonly node: SystemNode;
  readonly resource: Resource;
  readonly label: string;
  readonly model: TemplateModel;
  readonly load: Load;
}

/** Ladders for one node; none when the change makes no sense there. */
export type ChangeKind = (candidate: Candidate) => readonly SizedChange[];

interface SizedChangeOf<N extends SystemNode> {
  readonly id: string;
  readonly title: string;
  /** The one to change; default the node's own. */
  readonly resource?: Resource;
  readonly property: string;
  readonly from: string;
  readonly values: readonly number[];
  readonly show?: (value: number) => string;
  readonly set: (node: N, value: number) => N;
}

/** `kind` narrows the nodes that `set` is handed. */
export function sizedChange<K extends SystemNode['kind']>(
  { node, resource }: Candidate,
  kind: K,
  spec: SizedChangeOf<Extract<SystemNode, { kind: K }>>,
): SizedChange {
  const show = spec.show ?? String;
  return {
    node: node.id,
    steps: spec.values.map((value) => ({
      change: {
        id: spec.id,
        title: spec.title,
        resource: resourceRef(spec.resource ?? resource),
        property: spec.property,
        from: spec.from,
        to: show(value),
      },
      apply: (system) => ({
        ...system,
        nodes: system.nodes.map((other) =>
          other.id === node.id && isKind(other, kind) ? spec.set(other, value) : other,
        ),
      }),
    })),
  };
}

export const isKind = <K extends SystemNode['kind']>(
  node: SystemNode,
  kind: K,
): node is Extract<SystemNode, { kind: K }> => node.kind === kind;

/** From just above `from`, up to `factor` times it or `limit`: whole numbers, each about half as much again. */
export function rising(from: number, factor: number, limit = Number.POSITIVE_INFINITY): readonly number[] {
  const found: number[] = [];
  const last = Math.min(Math.max(from * factor, from + factor), limit);
  for (
    let value = Math.max(from + 1, 1);
    value <= last;
    value = Math.max(value + 1, Math.round(value * 1.35))
  )
    found.push(value);
  return found;
}

/** Named after what the simulation was given, for the source of a changed number. */
export const changed = (value: number, what: string): Quantity => ({ value, source: `changed: ${what}` });
