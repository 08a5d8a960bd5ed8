/** What works by itself, the role it works with, and what its code is told of. */
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

const isRole = ({ type }: Resource): boolean => type === 'AWS::IAM::Role';

function readRoles(app: Architecture, resource: Resource, seen: ReadonlySet<Resource>): readonly Resource[] {
  if (seen.has(resource)) return [];
  const within = new Set([...seen, resource]);
  const found = (factsOf(resource.type)?.runsAs ?? [])
    .flatMap((path) => namedAt(app, resource, path))
    .flatMap(({ to }) => (isRole(to) ? [to] : readRoles(app, to, within)));
  return [...new Set(found)];
}

const roles = oncePerApp(() => new Map<Resource, readonly Resource[]>());

/** Through a task definition, a launch template or an instance profile, too. Empty: no role of this app. */
export function rolesOf(app: Architecture, resource: Resource): readonly Resource[] {
  const known = roles(app).get(resource);
  if (known !== undefined) return known;
  const found = readRoles(app, resource, new Set());
  roles(app).set(resource, found);
  return found;
}

/** Functions, services, instance groups, state machines and jobs; a task definition only when no service runs it. */
export const computes = oncePerApp((app): readonly Resource[] => {
  const tasks = app
    .ofType('AWS::ECS::TaskDefinition')
    .filter(
      (task) => !task.usedBy.some(({ to, kind }) => to.type === 'AWS::ECS::Service' && kind === 'value'),
    );
  return [...app.ofType(...typesWith('compute')), ...tasks];
});

const byRole = oncePerApp((app): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, Resource[]>();
  for (const compute of computes(app))
    for (const role of rolesOf(app, compute)) {
      const list = found.get(role);
      if (list === undefined) found.set(role, [compute]);
      else list.push(compute);
    }
  return found;
});

/** The compute that runs as the role. */
export const runningAs = (app: Architecture, role: Resource): readonly Resource[] =>
  byRole(app).get(role) ?? [];

const isConfiguration = ({ type }: Resource): boolean =>
  factsOf(type)?.configuration !== undefined && factsOf(type)?.compute === undefined;

/** Whose properties say how the code runs: the task definition or launch template in this app, or the compute itself. */
export const configurationOf = (app: Architecture, compute: Resource): Resource =>
  (factsOf(compute.type)?.configuration ?? [])
    .flatMap((path) => namedAt(app, compute, path))
    .find(({ to }) => isConfiguration(to))?.to ?? compute;

/** What the configuration of the compute names: environment, secrets, user data, definition. */
export function toldOf(app: Architecture, compute: Resource): readonly Resource[] {
  const named = (factsOf(compute.type)?.configuration ?? []).flatMap((path) => namedAt(app, compute, path));
  const found = named.flatMap(({ to }) => (isConfiguration(to) ? toldOf(app, to) : [to]));
  return [...new Set(found)];
}
