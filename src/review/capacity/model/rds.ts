/** RDS instances, Aurora clusters, and their proxies: connections, and a line to wait in where there is a proxy. */
import { databasesBehind, factsOf, numberAt, type Resource, valueAt } from '../../../architecture/index.ts';
import type { Sourced } from '../simulator/model.ts';
import { maxConnectionsOf } from './connections.ts';
import { add, type Draft, notModelled, unclear } from './context.ts';
import { connectionsEach, queryTime } from './defaults.ts';

export function buildDatabases(draft: Draft): void {
  for (const database of draft.app.ofType('AWS::RDS::DBCluster', 'AWS::RDS::DBInstance')) {
    // An instance of a cluster is part of the cluster, which may be in another app.
    if (factsOf(database.type)?.owner?.some((path) => valueAt(database.properties, path) !== undefined))
      continue;
    addDatabase(draft, database, connections(draft, database), 'error');
  }
  for (const proxy of draft.app.ofType('AWS::RDS::DBProxy')) {
    const [target] = databasesBehind(draft.app, proxy);
    if (target === undefined) {
      unclear(draft, proxy, 'its target', 'no target group of this app names a database for it');
      notModelled(draft, proxy, 'the database behind it is not known');
      continue;
    }
    const limit = connections(draft, target);
    const share = proxyShare(proxy);
    const pooled =
      limit === undefined
        ? undefined
        : {
            value: Math.max(1, Math.floor((limit.value * share) / 100)),
            source: `${share} % (MaxConnectionsPercent) of ${limit.value} of ${target.name}`,
            ...(limit.assumed ? { assumed: true } : {}),
          };
    addDatabase(draft, proxy, pooled, 'wait');
  }
}

function connections(draft: Draft, database: Resource): Sourced | undefined {
  const given = draft.work(database)?.maxConnections;
  if (given !== undefined) return given;
  const found = maxConnectionsOf(draft, database);
  if ('value' in found) return found;
  unclear(draft, database, 'max_connections', `${found.because}; taken as unlimited`);
  return undefined;
}

/** Default 100: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ConnectionPoolConfiguration.html */
function proxyShare(proxy: Resource): number {
  const stated = proxy.usedBy
    .map(({ to }) => numberAt(to.properties, 'ConnectionPoolConfigurationInfo.MaxConnectionsPercent'))
    .find((share) => typeof share === 'number');
  return typeof stated === 'number' ? stated : 100;
}

function addDatabase(
  draft: Draft,
  resource: Resource,
  maxConnections: Sourced | undefined,
  whenFull: 'error' | 'wait',
): void {
  const given = draft.work(resource);
  add(
    draft,
    {
      kind: 'database',
      id: resource.id,
      query: given?.time ?? queryTime,
      connectionsPerClient: given?.connectionsPerClient ?? connectionsEach,
      whenFull,
      ...(maxConnections === undefined ? {} : { maxConnections }),
      ...(given?.parallelism === undefined ? {} : { parallelism: given.parallelism }),
    },
    resource,
  );
}
