/** The model of the app that the rules look at, built once, and the questions about it that several of them ask. */
import { type Architecture, configurationOf, type Resource } from '../../../architecture/index.ts';
import { isKind } from '../changes/change.ts';
import { modelOf, type TemplateModel } from '../model/build.ts';
import type { SystemNode } from '../simulator/model.ts';

const models = new WeakMap<Architecture, TemplateModel>();

export function modelFor(app: Architecture): TemplateModel {
  const known = models.get(app);
  if (known !== undefined) return known;
  const model = modelOf(app);
  models.set(app, model);
  return model;
}

/** Nodes of a kind, with the resource that each stands for. */
export function nodesOf<K extends SystemNode['kind']>(app: Architecture, kind: K) {
  return [...modelFor(app).built.values()].flatMap(({ node, resource, label }) =>
    isKind(node, kind) ? [{ node, resource, label }] : [],
  );
}

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

/** Of workers that are an ECS service; undefined of a group of instances. */
export function taskDefinitionOf(app: Architecture, workers: Resource): Resource | undefined {
  const configuration = configurationOf(app, workers);
  return configuration.properties.ContainerDefinitions === undefined ? undefined : configuration;
}
