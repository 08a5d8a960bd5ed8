/** The components that users need: those reached from an entry point by calls, reads, writes and triggers. */
import {
  type Architecture,
  consumersOf,
  entriesFromInternet,
  type Resource,
  standsFor,
} from '../../architecture/index.ts';
import type { Component } from './model.ts';
import { isOffPath, isPassedThrough, namesOwnerOrSource } from './path-references.ts';
import type { PathReport } from './report.ts';

export interface Paths {
  readonly paths: readonly PathReport[];
  readonly text: string;
  /** Component id → ids of the components that it needs. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
}

export function readPaths(app: Architecture, components: readonly Component[]): Paths {
  const componentOf = new Map<string, Component>();
  for (const component of components)
    for (const member of component.members) componentOf.set(member.id, component);
  const needs = new Map(components.map((component) => [component.id, needsOf(app, component, componentOf)]));
  const entries = entriesOf(app, componentOf);
  const reach = (from: string): string[] => {
    const reached = new Set([from]);
    for (const id of reached) for (const next of needs.get(id) ?? []) reached.add(next);
    return [...reached];
  };
  const reached = new Map(entries.map((entry) => [entry.id, reach(entry.id)]));
  // An entry behind another entry (a load balancer behind CloudFront) belongs to the path of that one.
  const outer = entries.filter(
    ({ id }) =>
      !entries.some(
        (other) =>
          other.id !== id && reached.get(other.id)?.includes(id) && !reached.get(id)?.includes(other.id),
      ),
  );
  if (outer.length === 0) {
    const ids = components.filter(({ kind }) => kind !== 'logs').map(({ id }) => id);
    return {
      needs,
      paths: ids.length === 0 ? [] : [{ entry: 'everything', label: 'all components', components: ids }],
      text:
        'The template has no entry point that users call (API, CDN, public load balancer, function URL), so every ' +
        'component but the logs is taken as needed.',
    };
  }
  return {
    needs,
    paths: outer.map(({ id, label }) => ({ entry: id, label, components: reached.get(id) ?? [id] })),
    text:
      `Users come in at ${outer.map(({ id, label }) => `${id} (${label})`).join(', ')}. From there the path follows ` +
      'what each part calls, reads, writes or listens to: integrations, targets, environment and permissions, and who ' +
      'takes the messages of a queue. Logs, dead-letter queues and what only works while deploying are not on it.',
  };
}

function needsOf(
  app: Architecture,
  component: Component,
  componentOf: ReadonlyMap<string, Component>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Resource>(component.members);
  const open = [...component.members];
  const step = (to: Resource, from: Resource) => {
    // Resources other than DNS records name a distribution for its address only, such as an allowed origin of CORS.
    if (
      seen.has(to) ||
      (to.type === 'AWS::CloudFront::Distribution' && from.type !== 'AWS::Route53::RecordSet')
    )
      return;
    seen.add(to);
    const other = componentOf.get(to.id);
    if (other === component) open.push(to);
    else if (other !== undefined) {
      // A component answers without its logs.
      if (other.kind !== 'logs') found.add(other.id);
    } else if (isPassedThrough(to.type)) open.push(to);
  };
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const { to, path, kind } of here.uses)
      if (kind === 'value' && !isOffPath(path) && !namesOwnerOrSource(here.type, path)) step(to, here);
    for (const { to, path, kind } of here.usedBy)
      if (kind === 'value' && namesOwnerOrSource(to.type, path)) step(to, here);
    for (const { compute } of consumersOf(app, here)) step(compute, here);
  }
  return found;
}

/** The components that are entries from the internet; of a function's URL the function. */
const entriesOf = (app: Architecture, componentOf: ReadonlyMap<string, Component>): Component[] => [
  ...new Set(
    entriesFromInternet(app).flatMap(({ resource }) => componentOf.get(standsFor(app, resource).id) ?? []),
  ),
];
