/** Which database a proxy, a secret or an instance of a cluster is for. */
import { storeKind } from '../access/stores.ts';
import type { Architecture, Resource } from '../app/model.ts';
import { namedAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { factsOf, typesWith } from '../types/lookup.ts';

const namedIn = (app: Architecture, resource: Resource, paths: readonly string[] = []): readonly Resource[] =>
  paths.flatMap((path) => namedAt(app, resource, path)).map(({ to }) => to);

/** An instance of a cluster counts as the cluster. */
const whole = (app: Architecture, database: Resource): Resource =>
  namedIn(app, database, factsOf(database.type)?.owner).find((owner) => storeKind(owner) === 'database') ??
  database;

const connected = oncePerApp((app): ReadonlyMap<Resource, readonly Resource[]> => {
  const found = new Map<Resource, readonly Resource[]>();
  for (const via of app.ofType(...typesWith('databases'))) {
    const databases = namedIn(app, via, factsOf(via.type)?.databases)
      .filter((one) => storeKind(one) === 'database')
      .map((one) => whole(app, one));
    for (const owner of namedIn(app, via, factsOf(via.type)?.owner))
      found.set(owner, [...new Set([...(found.get(owner) ?? []), ...databases])]);
  }
  return found;
});

/** Of a database itself: its cluster, or the database. Empty: none of this app. */
export const databasesBehind = (app: Architecture, resource: Resource): readonly Resource[] =>
  storeKind(resource) === 'database' ? [whole(app, resource)] : (connected(app).get(resource) ?? []);
