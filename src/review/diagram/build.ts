/**
 * Template → boxes and arrows. Roles, policies, routes, listeners and the like are drawn into the box they serve, so
 * that "function → its role → policy → table" is one arrow.
 */
import {
  type Architecture,
  consumersOf,
  deadLettersOf,
  factsOf,
  groupIdsOf,
  isDeploymentMachinery,
  mayDo,
  namedAt,
  networkOf,
  producersOf,
  type Resource,
  resourceRef,
  rolesOf,
  stepsInStack,
  storeActions,
  storeKind,
  textAt,
  triggeredBy,
  triggersOf,
} from '../../architecture/index.ts';
import type { Diagram, DiagramEdge, DiagramNode } from './model.ts';

export function buildDiagram(app: Architecture): Diagram {
  const drawn = app.resources.filter(
    (resource) =>
      categoryOf(resource) !== undefined && !isDeploymentMachinery(app, resource) && !isPartOfOwner(resource),
  );
  const drawnIds = new Set(drawn.map((resource) => resource.id));
  const parts = new Map(drawn.map((box) => [box, partsOf(box, app, drawnIds)]));
  const edges = new Map<string, DiagramEdge>();
  const draw = (from: Resource, to: Resource) => {
    if (from !== to && drawnIds.has(from.id) && drawnIds.has(to.id))
      edges.set(`${from.id} ${to.id}`, { from: from.id, to: to.id });
  };
  for (const [box, within] of parts)
    for (const part of [box, ...within])
      for (const { to, kind } of part.uses) {
        if (kind !== 'value' || isOutward(part, to) || isListener(box) || !isAllowed(app, box, to)) continue;
        if (takesFrom(app, box, to)) draw(to, box);
        else draw(box, to);
      }
  for (const box of drawn) {
    for (const { kind, to } of triggeredBy(app, box)) {
      draw(box, to);
      // The function's permission to receive would draw the way back.
      if (kind === 'poll') edges.delete(`${to.id} ${box.id}`);
    }
    for (const { to } of deadLettersOf(app, box)) draw(box, to);
  }
  for (const [client, server] of connections(app, parts)) draw(client, server);

  const nodes = drawn.map(
    (resource): DiagramNode => ({
      id: resource.id,
      resource: resourceRef(resource),
      category: categoryOf(resource) ?? 'other',
      kind: kindOf(resource),
      label: labelOf(resource),
      parts: [...(parts.get(resource) ?? [])].map(({ id }) => id),
    }),
  );
  const groups = new Map<string, string[]>();
  for (const { id, resource } of nodes) {
    const label = app.stacks.length > 1 ? `${resource.stack} / ${resource.block}` : resource.block;
    groups.set(label, [...(groups.get(label) ?? []), id]);
  }
  const inBoxes = new Set(nodes.flatMap((node) => [node.id, ...node.parts]));
  const left = new Map<string, number>();
  for (const { id, type } of app.resources) if (!inBoxes.has(id)) left.set(type, (left.get(type) ?? 0) + 1);
  return {
    nodes,
    edges: [...edges.values()],
    groups: [...groups].map(([label, ids]) => ({ label, nodes: ids })),
    left: [...left].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
  };
}

function categoryOf({ type }: Resource) {
  const drawn = factsOf(type)?.drawn;
  return typeof drawn === 'object' ? drawn.category : undefined;
}

/** The instances of a cluster are drawn as the cluster. */
const isPartOfOwner = ({ type, properties }: Resource): boolean =>
  factsOf(type)?.owner?.some((property) => properties[property] !== undefined) === true;

/** Everything that is drawn into a box: what names it as its owner, what it owns, and their policies. */
function partsOf(box: Resource, app: Architecture, drawn: ReadonlySet<string>): Set<Resource> {
  const found = new Set<Resource>();
  const visit = (resource: Resource): void => {
    for (const { to } of resource.uses)
      if (factsOf(to.type)?.drawn === 'with its user' && !found.has(to)) {
        found.add(to);
        visit(to);
      }
    for (const { to: user } of resource.usedBy) {
      const facts = factsOf(user.type);
      if (found.has(user) || drawn.has(user.id) || facts?.drawn !== 'with its owner') continue;
      if (!facts.owner?.some((path) => namedAt(app, user, path).some(({ to }) => to === resource))) continue;
      found.add(user);
      visit(user);
    }
  };
  visit(box);
  return found;
}

/** A rule's pattern names what it listens to; what it does is in its targets. */
const isListener = ({ type }: Resource): boolean =>
  factsOf(type)?.triggers?.some(({ kind }) => kind === 'event' || kind === 'schedule') === true &&
  factsOf(type)?.store === undefined;

/** References that say who may call or log here rather than what this box works with. */
function isOutward(part: Resource, to: Resource): boolean {
  const [kind, other] = [storeKind(part), storeKind(to)];
  // Of queues dead letters are drawn, and RedriveAllowPolicy names the wrong way round.
  if (kind === other && (kind === 'bucket' || kind === 'queue')) return true;
  // Its name is told to those who must allow it (CORS); traffic runs the other way.
  if (to.type === 'AWS::CloudFront::Distribution') return !part.type.startsWith('AWS::Route53');
  return other !== 'key' && (kind === 'key' || kind === 'secret');
}

/** Stores that nobody reaches without an IAM permission; others are reached over the network. */
const byPermission = new Set(['bucket', 'table', 'queue', 'topic', 'stream', 'secret']);

/** Named in the environment, but nothing lets it in: settings that several functions share. */
function isAllowed(app: Architecture, box: Resource, to: Resource): boolean {
  const isStore = byPermission.has(storeKind(to) ?? '');
  const actions = isStore
    ? storeActions(to).map(({ action }) => action)
    : (factsOf(to.type)?.invokedBy ?? []);
  if (actions.length === 0 || rolesOf(app, box).length === 0) return true;
  return actions.some((action) => mayDo(app, box, action, to).allowed !== 'no');
}

/** Takes work out of it. What may also put work in is taken for the side that the queue has not got yet. */
function takesFrom(app: Architecture, box: Resource, store: Resource): boolean {
  const takers = consumersOf(app, store).map(({ compute }) => compute);
  if (!takers.includes(box)) return false;
  const givers = producersOf(app, store).map(({ compute }) => compute);
  if (!givers.includes(box)) return true;
  const isFed = triggersOf(app, store).length > 0 || givers.some((giver) => !takers.includes(giver));
  return isFed && takers.every((taker) => givers.includes(taker));
}

/** By security groups: which box may open connections to which store. */
function* connections(
  app: Architecture,
  parts: ReadonlyMap<Resource, ReadonlySet<Resource>>,
): Generator<readonly [Resource, Resource]> {
  const network = networkOf(app);
  const members = [...parts].flatMap(([box, within]) => {
    const groups = network.groups([box, ...within].flatMap(groupIdsOf));
    return groups.length === 0 ? [] : [{ box, groups }];
  });
  for (const server of members)
    if (categoryOf(server.box) === 'data')
      for (const client of members)
        if (network.admits(server.groups, client.groups) !== undefined) yield [client.box, server.box];
}

function kindOf(resource: Resource): string {
  const protocol = textAt(resource.properties, 'ProtocolType');
  if (protocol === 'WEBSOCKET') return 'WebSocket API';
  if (protocol === 'HTTP') return 'HTTP API';
  const engine = textAt(resource.properties, 'Engine');
  if (typeof engine === 'string' && resource.type.startsWith('AWS::RDS::DB')) return engine;
  return factsOf(resource.type)?.called ?? resource.type;
}

/** `App/Jobs/Queue/Resource` → `Queue`: its block is the frame it stands in. */
function labelOf(resource: Resource): string {
  const path = stepsInStack({ node: resource.node, stack: resource.inStack });
  if (path.length === 0) return resource.logicalId;
  const words = path.filter((word) => !['Resource', 'Default', 'Service', 'Function'].includes(word));
  return words.slice(1).slice(-2).join(' ') || words[0] || [...new Set(path)].join(' ');
}
