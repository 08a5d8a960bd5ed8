/**
 * A template as the simulator's nodes: one builder per kind of resource, in the order in which they need each other.
 * Never throws: what is not understood is listed.
 */

import { type Architecture, type Resource, resourceRef } from '../../../architecture/index.ts';
import type { Unclear } from '../../finding.ts';
import type { Load } from '../load/model.ts';
import type { ModelNode, ModelSummary } from '../report.ts';
import type { SystemModel } from '../simulator/model.ts';
import { buildGroup, groupsWithLoad } from './auto-scaling-group.ts';
import { callsOf } from './calls.ts';
import { type Built, type Draft, draftOf, type Entry } from './context.ts';
import { accountConcurrency } from './defaults.ts';
import { buildTables } from './dynamodb.ts';
import { buildService, servicesWithLoad } from './ecs-service.ts';
import { buildEntries } from './entries.ts';
import { buildFunction, functionsWithLoad } from './function.ts';
import { buildHttpApis } from './http-api.ts';
import { cutLoops } from './loops.ts';
import { listNotModelled } from './not-modelled.ts';
import { numbersOf } from './numbers.ts';
import { buildPollers } from './poller.ts';
import { buildQueues } from './queue.ts';
import { buildDatabases } from './rds.ts';
import { buildRestApis } from './rest-api.ts';
import { buildEndpoints } from './sagemaker.ts';

export interface TemplateModel {
  readonly app: Architecture;
  readonly system: SystemModel;
  readonly summary: ModelSummary;
  readonly entries: readonly Entry[];
  readonly built: ReadonlyMap<string, Built>;
  readonly unresolved: readonly Unclear[];
  readonly notes: readonly string[];
}

export function modelOf(app: Architecture, load?: Load): TemplateModel {
  const draft = draftOf(app, load);
  buildQueues(draft);
  buildTables(draft);
  buildDatabases(draft);
  buildEndpoints(draft);
  const functions = functionsWithLoad(draft);
  const services = servicesWithLoad(draft);
  const groups = groupsWithLoad(draft);
  // Calls go between them, so all must be there before any call is looked for.
  for (const resource of functions) buildFunction(draft, resource);
  for (const service of services) buildService(draft, service);
  for (const group of groups) buildGroup(draft, group);
  for (const resource of functions) setCalls(draft, resource);
  for (const { resource } of [...services, ...groups]) setCalls(draft, resource);
  buildPollers(draft);
  buildRestApis(draft);
  buildHttpApis(draft);
  dropUnknownCalls(draft);
  cutLoops(draft);
  listNotModelled(draft);
  buildEntries(draft);
  const built = [...draft.built.values()];
  return {
    app,
    system: {
      nodes: built.map(({ node }) => node),
      account: { concurrency: load?.accountConcurrency ?? accountConcurrency },
    },
    summary: {
      nodes: built.map(summaryOf),
      links: [...draft.links.values()],
      notModelled: draft.notModelled,
    },
    entries: draft.entries,
    built: draft.built,
    unresolved: draft.unresolved,
    notes: [...draft.notes],
  };
}

const summaryOf = ({ node, resource, label }: Built): ModelNode => ({
  id: node.id,
  label,
  kind: node.kind,
  resource: resourceRef(resource),
  numbers: numbersOf(node),
});

function setCalls(draft: Draft, resource: Resource): void {
  const built = draft.built.get(resource.id);
  if (built === undefined || (built.node.kind !== 'function' && built.node.kind !== 'workers')) return;
  draft.built.set(resource.id, { ...built, node: { ...built.node, calls: callsOf(draft, resource) } });
}

/** A function that only runs during deployment may be named by a route or a permission; it is not in the model. */
function dropUnknownCalls(draft: Draft): void {
  const isKnown = ({ to }: { readonly to: string }) => draft.built.has(to);
  for (const [id, built] of draft.built) {
    const { node } = built;
    if (node.kind === 'function' || node.kind === 'workers')
      draft.built.set(id, { ...built, node: { ...node, calls: (node.calls ?? []).filter(isKnown) } });
    if (node.kind === 'api')
      draft.built.set(id, {
        ...built,
        node: {
          ...node,
          routes: node.routes.map((route) => ({ ...route, calls: route.calls.filter(isKnown) })),
        },
      });
  }
  for (const [key, { to }] of draft.links) if (!draft.built.has(to)) draft.links.delete(key);
}
