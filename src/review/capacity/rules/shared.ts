/** What the rules share: the template as a model (built once per app) and the questions that several ask. */

import { type Architecture, isUnresolved, numberAt, type Resource } from '../../../architecture/index.ts';
import type { RuleContext } from '../../finding.ts';
import { modelOf, type TemplateModel } from '../model/build.ts';
import type { Quantity, SystemNode } from '../simulator/model.ts';

const models = new WeakMap<Architecture, TemplateModel>();

export function modelFor(app: Architecture): TemplateModel {
  const known = models.get(app);
  if (known !== undefined) return known;
  const model = modelOf(app);
  models.set(app, model);
  return model;
}

export const num = (value: Quantity | undefined, fallback = 0): number =>
  value === undefined ? fallback : typeof value === 'number' ? value : value.value;

/** Nodes of a kind, with the resource that each stands for. */
export function nodesOf<K extends SystemNode['kind']>(app: Architecture, kind: K) {
  return [...modelFor(app).built.values()].flatMap(({ node, resource, label }) =>
    isKind(node, kind) ? [{ node, resource, label }] : [],
  );
}

const isKind = <K extends SystemNode['kind']>(
  node: SystemNode,
  kind: K,
): node is Extract<SystemNode, { kind: K }> => node.kind === kind;

/** A number property: its value or AWS's default; undefined, and listed, when it cannot be known. */
export function known(
  context: RuleContext,
  resource: Resource,
  path: string,
  fallback: number,
): number | undefined {
  const value = numberAt(resource.properties, path);
  if (!isUnresolved(value)) return value ?? fallback;
  context.unclear({ resource, what: path, because: value.reason });
  return undefined;
}

export const pathOf = (resource: Resource, path: string): string =>
  `${resource.id}/Properties/${path.replaceAll('.', '/')}`;

/** Event source mappings on queues of this app, with both ends. */
export function mappings(app: Architecture) {
  const { built } = modelFor(app);
  return nodesOf(app, 'poller').flatMap(({ node, resource }) => {
    const queue = built.get(node.queue);
    const handler = built.get(node.function);
    return queue === undefined || handler === undefined
      ? []
      : [{ mapping: resource, poller: node, queue: queue.resource, handler: handler.resource }];
  });
}

/** Workers that take from a queue. */
export function queueWorkers(app: Architecture) {
  const { built } = modelFor(app);
  return nodesOf(app, 'workers').flatMap(({ node, resource, label }) => {
    const queue = node.takes.kind === 'messages' ? built.get(node.takes.queue)?.resource : undefined;
    return queue === undefined ? [] : [{ workers: node, resource, label, queue }];
  });
}
