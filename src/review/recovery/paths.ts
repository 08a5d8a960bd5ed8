/** Which components users need: from every entry point along what is called, read, written and listened to. */
import {
  type Architecture,
  consumersOf,
  entriesFromInternet,
  type Resource,
  standsFor,
} from '../../architecture/index.ts';
import { hangsOnOwner, isFollowed, isSoft } from './attachments.ts';
import type { Component } from './model.ts';
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
  // An entry behind another one (a load balancer behind CloudFront) is a part of that one's path.
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
    // Whoever else names the CDN does so for its address: the origin that browsers come from, a link in a mail.
    if (
      seen.has(to) ||
      (to.type === 'AWS::CloudFront::Distribution' && from.type !== 'AWS::Route53::RecordSet')
    )
      return;
    seen.add(to);
    const other = componentOf.get(to.id);
    if (other === component) open.push(to);
    else if (other !== undefined) {
      // Without its logs a component still answers.
      if (other.kind !== 'logs') found.add(other.id);
    } else if (isFollowed(to.type)) open.push(to);
  };
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const { to, path, kind } of here.uses)
      if (kind === 'value' && !isSoft(path) && !hangsOnOwner(here.type, path)) step(to, here);
    for (const { to, path, kind } of here.usedBy)
      if (kind === 'value' && hangsOnOwner(to.type, path)) step(to, here);
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
