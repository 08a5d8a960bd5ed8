/** Databases, search domains and brokers with an address on the internet. */
import {
  flagAt,
  groupIdsOf,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  show,
  textAt,
  valueAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { reachOf } from '../guards.ts';

const password = (resource: Resource, property: string): Guard => ({
  kind: 'password',
  limits: 'who',
  evidence: show(resource, property),
});

/** The subnets that a subnet group, or a cluster's, names. */
function subnetsOf({ app }: DoorContext, resource: Resource): string[] {
  const named = app
    .namedIn(['DBSubnetGroupName', 'ClusterSubnetGroupName'].map((name) => resource.properties[name] ?? null))
    .filter(({ type }) => type.endsWith('SubnetGroup'))
    .concat(
      // By a chosen name, which several stacks may choose alike.
      app
        .ofType('AWS::RDS::DBSubnetGroup')
        .filter(
          ({ stack, properties }) =>
            stack === resource.stack &&
            properties.DBSubnetGroupName !== undefined &&
            properties.DBSubnetGroupName === resource.properties.DBSubnetGroupName,
        ),
    );
  return named.flatMap(({ properties }) =>
    listAt(properties, 'SubnetIds').filter((id) => typeof id === 'string'),
  );
}

/** The cluster holds the security groups of its instances. */
function groupsOf(context: DoorContext, instance: Resource): Resource[] {
  const own = context.network.groups(groupIdsOf(instance));
  if (own.length > 0) return [...own];
  const cluster = context.app.namedIn(instance.properties.DBClusterIdentifier)[0];
  return cluster === undefined ? [] : [...context.network.groups(groupIdsOf(cluster))];
}

function relational(context: DoorContext): void {
  for (const database of context.app.ofType('AWS::RDS::DBInstance', 'AWS::Redshift::Cluster')) {
    const flag = flagAt(database.properties, 'PubliclyAccessible');
    const subnets = subnetsOf(context, database).map((id) => context.network.subnet(id));
    if (subnets.length > 0 && subnets.every((one) => one === 'private')) continue;
    if (flag === false || (flag === undefined && database.type === 'AWS::Redshift::Cluster')) continue;
    if (flag !== true) {
      const cluster = clusterOf(context, database);
      const isCovered = subnets.length === 0 && cluster !== undefined && isPrivateCluster(context, cluster);
      if (!isCovered)
        context.unclear(
          database,
          'PubliclyAccessible',
          isUnresolved(flag)
            ? flag.reason
            : 'it is absent, and the default hangs on the VPC that it is put in',
        );
      continue;
    }
    const { reach, guards } = reachOf(context.network, groupsOf(context, database));
    if (reach === 'nobody') continue;
    context.door({
      kind: 'database',
      resource: database,
      what: 'the database port',
      opens: show(database, 'PubliclyAccessible'),
      guards: [...guards, password(database, 'PubliclyAccessible')],
      writes: true,
      unknown: reach === 'unknown',
      access: ['read', 'write'],
      next: [],
    });
  }
}

function clusterOf({ app }: DoorContext, instance: Resource): Resource | undefined {
  const id = instance.properties.DBClusterIdentifier;
  const inStack = app
    .ofType('AWS::RDS::DBCluster')
    .find(
      ({ stack, properties }) =>
        stack === instance.stack && id !== undefined && properties.DBClusterIdentifier === id,
    );
  return inStack ?? app.namedIn(id)[0];
}

function isPrivateCluster(context: DoorContext, cluster: Resource): boolean {
  const subnets = subnetsOf(context, cluster).map((id) => context.network.subnet(id));
  return subnets.length > 0 && subnets.every((one) => one === 'private');
}

function search(context: DoorContext): void {
  for (const domain of context.app.ofType('AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain')) {
    if (valueAt(domain.properties, 'VPCOptions') !== undefined) continue;
    const arn = `arn:aws:es:${domain.inStack.region}:${domain.inStack.accountId}:domain/any/any`;
    const policies = context.access.policiesAt(domain);
    const resources = policies.flatMap((one) => one.statements.flatMap((statement) => statement.resources));
    const answers = [arn, ...resources.map((text) => text.replaceAll(/[*?]+/g, 'any'))].map((one) =>
      context.access.mayAnyone('es:ESHttpGet', one, domain),
    );
    const open = answers.find(({ allowed }) => allowed === 'yes' || allowed === 'conditions');
    const hasUsers = flagAt(domain.properties, 'AdvancedSecurityOptions.Enabled') === true;
    const guards: Guard[] = [];
    if (open === undefined)
      guards.push({ kind: 'iam', limits: 'who', evidence: show(domain, 'AccessPolicies') });
    else if (open.allowed === 'conditions')
      guards.push({ kind: 'condition', limits: 'some', evidence: show(domain, 'AccessPolicies') });
    if (hasUsers) guards.push(password(domain, 'AdvancedSecurityOptions.Enabled'));
    context.door({
      kind: 'database',
      resource: domain,
      what: 'the search endpoint',
      opens: show(domain, 'VPCOptions'),
      guards,
      writes: true,
      unknown: open === undefined && answers.some(({ allowed }) => allowed === 'cannot-tell'),
      access: ['read', 'write'],
      next: [],
    });
  }
}

function brokers(context: DoorContext): void {
  for (const cluster of context.app.ofType('AWS::MSK::Cluster')) {
    const property = 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type';
    const type = textAt(cluster.properties, property);
    if (type !== 'SERVICE_PROVIDED_EIPS') continue;
    // MSK refuses public access without authentication.
    context.door({
      kind: 'database',
      resource: cluster,
      what: 'the brokers',
      opens: show(cluster, property),
      guards: [password(cluster, 'ClientAuthentication')],
      writes: true,
      next: [],
    });
  }
  for (const broker of context.app.ofType('AWS::AmazonMQ::Broker'))
    if (flagAt(broker.properties, 'PubliclyAccessible') === true)
      context.door({
        kind: 'database',
        resource: broker,
        what: 'the broker',
        opens: show(broker, 'PubliclyAccessible'),
        guards: [password(broker, 'Users')],
        writes: true,
        next: [],
      });
  for (const cluster of context.app.ofType('AWS::EKS::Cluster'))
    if (flagAt(cluster.properties, 'ResourcesVpcConfig.EndpointPublicAccess') !== false) {
      const ranges = listAt(cluster.properties, 'ResourcesVpcConfig.PublicAccessCidrs');
      const isNarrow = ranges.length > 0 && !ranges.includes('0.0.0.0/0');
      const evidence = show(cluster, 'ResourcesVpcConfig.PublicAccessCidrs');
      context.door({
        kind: 'host',
        resource: cluster,
        what: 'the Kubernetes API',
        opens: show(cluster, 'ResourcesVpcConfig.EndpointPublicAccess'),
        guards: [
          { kind: 'iam', limits: 'who', evidence: show(cluster, 'AccessConfig') },
          ...(isNarrow ? [{ kind: 'address-range', limits: 'some', evidence } as const] : []),
        ],
        writes: true,
        unknown: numberAt(cluster.properties, 'Version') === undefined && ranges.some(isUnresolved),
        next: [],
      });
    }
}

export const databases: DoorKind = (context) => {
  relational(context);
  search(context);
  brokers(context);
};
