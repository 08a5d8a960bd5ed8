/** Follows what is behind a door to every place where data lies, by the shortest way, and says each hop of it. */
import { type AccessLevel, type Resource, resourceRef, storeKind } from '../../../architecture/index.ts';
import type { EntryPoint, ExposurePath, Hop } from '../report.ts';
import { authenticationOf, type Door, type Next } from './door.ts';
import type { Edges } from './edges.ts';

/** Longer ways are real but say nothing more. */
const longest = 10;
const mostPaths = 100;

interface Trail {
  readonly at: Resource;
  readonly hops: readonly Hop[];
  readonly access: readonly AccessLevel[];
  /** Code lies on the way. */
  readonly throughCode: boolean;
  readonly asynchronous: boolean;
}

const passesOn = new Set(['queue', 'topic', 'stream', 'event-bus']);

/** Routes without code of their own. */
const isPlumbing = (resource: Resource) =>
  /^AWS::(ElasticLoadBalancingV2|ApiGateway|ApiGatewayV2|CloudFront|Cognito)::|^AWS::IAM::/.test(
    resource.type,
  ) || storeKind(resource) !== undefined;

export function walk(door: Door, edges: Edges, isDoor: (resource: Resource) => boolean): EntryPoint {
  const first: Hop = { resource: resourceRef(door.resource), by: 'is open', opens: door.opens };
  const start: Trail = {
    at: door.resource,
    hops: [first],
    access: [],
    throughCode: false,
    asynchronous: false,
  };
  /** With what was already found to be possible there: a later way counts when it allows more. */
  const seen = new Map<Resource, Set<AccessLevel>>([[door.resource, new Set(door.access)]]);
  const queue: Trail[] = [];
  const paths: ExposurePath[] = [];
  const step = (from: Trail, { to, by, opens, access = [] }: Next) => {
    const known = seen.get(to);
    if (known !== undefined && access.every((level) => known.has(level))) return;
    seen.set(to, new Set([...(known ?? []), ...access]));
    queue.push({
      at: to,
      hops: [...from.hops, { resource: resourceRef(to), by, opens }],
      access,
      throughCode: from.throughCode || !isPlumbing(from.at),
      asynchronous:
        from.asynchronous || (from.at !== door.resource && passesOn.has(storeKind(from.at) ?? '')),
    });
  };
  const own = storeKind(door.resource);
  if (own !== undefined)
    paths.push({
      hops: [first],
      store: own,
      access: door.access ?? [],
      direct: true,
      asynchronous: false,
    });
  for (const next of door.next) step(start, next);
  if (own !== undefined || !isPlumbing(door.resource))
    for (const next of edges.next(door.resource, door.writes)) step(start, next);
  for (let trail = queue.shift(); trail !== undefined; trail = queue.shift()) {
    const kind = storeKind(trail.at);
    const canGoOn = trail.hops.length < longest && !(isDoor(trail.at) && trail.at !== door.resource);
    const written = trail.access.includes('write') || (trail.access.length === 0 && door.writes);
    // Where it has already been, such as the queue that the worker reads, is not further on.
    const been = new Set(trail.hops.map(({ resource }) => resource.id));
    const further = canGoOn ? edges.next(trail.at, written).filter(({ to }) => !been.has(to.id)) : [];
    for (const next of further) step(trail, next);
    if (kind !== undefined || further.length === 0)
      paths.push({
        hops: trail.hops,
        ...(kind === undefined ? {} : { store: kind }),
        access: trail.access,
        direct: kind !== undefined && !trail.throughCode,
        asynchronous: trail.asynchronous,
      });
  }
  return {
    id: `${door.resource.id}|${door.what}`,
    kind: door.kind,
    resource: resourceRef(door.resource),
    what: door.what,
    opens: door.opens,
    authentication: authenticationOf(door),
    guards: door.guards,
    writes: door.writes,
    paths: paths.slice(0, mostPaths),
    pathsLeftOut: Math.max(0, paths.length - mostPaths),
  };
}
