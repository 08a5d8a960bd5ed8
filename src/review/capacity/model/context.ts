/**
 * What the builders of nodes share: reading a number with its provenance, and the lists of what was built and what
 * could not be. A number that the template does not say is never silent: it is sourced, or marked assumed.
 */

import {
  type Architecture,
  isUnresolved,
  numberAt,
  type Resource,
  resourceRef,
} from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { Load, Work } from '../load/model.ts';
import type { ModelLink, NotModelled } from '../report.ts';
import type { Distribution, NodeId, Rate, Sourced, SystemNode } from '../simulator/model.ts';

/** A place where load comes in from outside. */
export interface Entry {
  /** `POST /jobs`, or a label. Unique. */
  readonly id: string;
  readonly to: NodeId;
  readonly route?: string;
  readonly how?: 'wait' | 'send';
  readonly resource: Resource;
  /** Part of the profile when no load is stated. */
  readonly byDefault: boolean;
  /** Known from the template: a schedule's. */
  readonly rate?: { readonly rate: Rate; readonly text: string };
}

export interface Built {
  readonly node: SystemNode;
  readonly resource: Resource;
  readonly label: string;
}

/** The model while it is being built. */
export interface Draft {
  readonly app: Architecture;
  readonly work: (resource: Resource) => Work | undefined;
  readonly load: Load | undefined;
  readonly built: Map<NodeId, Built>;
  readonly links: Map<string, ModelLink>;
  readonly entries: Entry[];
  readonly notModelled: NotModelled[];
  readonly unresolved: Unclear[];
  readonly notes: Set<string>;
}

export function draftOf(app: Architecture, load: Load | undefined): Draft {
  const work = new Map((load?.work ?? []).map((entry) => [entry.resource, entry]));
  return {
    app,
    load,
    work: (resource) => work.get(resource.id),
    built: new Map(),
    links: new Map(),
    entries: [],
    notModelled: [],
    unresolved: [],
    notes: new Set(),
  };
}

export const stated = (value: number, source: string): Sourced => ({ value, source });
export const assumed = (value: number, source: string): Sourced => ({ value, source, assumed: true });

export const propertyOf = (resource: Resource, path: string): string =>
  `${resource.id}/Properties/${path.replaceAll('.', '/')}`;

/** The property; when absent, `fallback` (AWS's default); when unresolvable, `fallback` marked assumed and listed. */
export function quantity<F extends Sourced | undefined>(
  draft: Draft,
  resource: Resource,
  path: string,
  fallback: F,
): Sourced | F {
  const found = numberAt(resource.properties, path);
  if (typeof found === 'number') return { value: found, source: propertyOf(resource, path) };
  if (!isUnresolved(found)) return fallback;
  unclear(draft, resource, path, found.reason);
  return fallback === undefined
    ? fallback
    : { ...fallback, source: `${fallback.source}; the template's value is not known`, assumed: true };
}

export function unclear(draft: Draft, resource: Resource, what: string, because: string): void {
  const known = draft.unresolved.some((entry) => entry.resource?.id === resource.id && entry.what === what);
  if (!known) draft.unresolved.push({ resource: resourceRef(resource), what, because });
}

export function notModelled(draft: Draft, resource: Resource, because: string): void {
  if (!draft.notModelled.some((entry) => entry.resource.id === resource.id))
    draft.notModelled.push({ resource: resourceRef(resource), because });
}

export function add(draft: Draft, node: SystemNode, resource: Resource): void {
  const label = node.label ?? resource.name;
  draft.built.set(node.id, { node: { ...node, label }, resource, label });
}

export function link(draft: Draft, link: ModelLink): void {
  draft.links.set(`${link.from} ${link.to} ${link.how}`, link);
}

export function enter(draft: Draft, entry: Entry): void {
  let id = entry.id;
  for (let n = 2; draft.entries.some((other) => other.id === id); n++) id = `${entry.id} (${n})`;
  draft.entries.push({ ...entry, id });
}

/** By median and 95th percentile, both assumed for the same reason. */
export const assumedTimes = (p50: number, p95: number, because: string): Distribution => ({
  kind: 'lognormal',
  p50: assumed(p50, because),
  p95: assumed(p95, because),
});
