/** A door with every way from it to where data lies, hop by hop. */
import {
  type Architecture,
  dataFlowsFrom,
  type Resource,
  resourceRef,
  storeKind,
} from '../../../architecture/index.ts';
import type { EntryPoint, ExposurePath, Hop } from '../report.ts';
import { authenticationOf, type Door } from './door.ts';

const maxPaths = 100;

export function walk(app: Architecture, door: Door, isDoor: (resource: Resource) => boolean): EntryPoint {
  const { resource, next: first, writes, access } = door;
  const opened: Hop = { resource: resourceRef(resource), by: 'is open', opens: door.opens };
  const start = { resource, first, writes, ...(access === undefined ? {} : { access }) };
  const flows = dataFlowsFrom(app, start, (to) => isDoor(to) && to !== resource);
  const paths = flows.map(({ steps, to, access: given, throughCode, asynchronous }): ExposurePath => {
    const store = storeKind(to);
    const hops = steps.map(({ to: hop, by, opens }): Hop => ({ resource: resourceRef(hop), by, opens }));
    return {
      hops: [opened, ...hops],
      ...(store === undefined ? {} : { store }),
      access: given,
      direct: store !== undefined && !throughCode,
      asynchronous,
    };
  });
  return {
    id: `${resource.id}|${door.what}`,
    kind: door.kind,
    resource: resourceRef(resource),
    what: door.what,
    opens: door.opens,
    authentication: authenticationOf(door),
    guards: door.guards,
    writes,
    paths: paths.slice(0, maxPaths),
    pathsLeftOut: Math.max(0, paths.length - maxPaths),
  };
}
