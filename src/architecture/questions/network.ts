/**
 * The network as far as a template tells it: which subnets have a way to the internet, and who may enter a security
 * group. https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
 */

import type { Architecture, Resolved, Resource } from '../app/model.ts';
import { valuesAt } from '../app/named-at.ts';
import { oncePerApp } from '../app/once.ts';
import { isList, isMap, isUnresolved, listAt, numberAt, textAt } from '../app/values.ts';
import { factsOf } from '../types/lookup.ts';

export interface PortRule {
  /** Where it is written: `Stack/LogicalId/Properties/SecurityGroupIngress/0`. */
  readonly path: string;
  readonly resource: Resource;
  /** `tcp`, `udp`, `icmp`, `all`, or a protocol's number. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** An address range, `prefix list`, or a security group's id; undefined when not resolved. */
  readonly peer: string | undefined;
  readonly because?: string;
}

export interface Network {
  /** `unknown`: the subnet is not in the app, or its routes cannot be resolved. */
  subnet(id: Resolved | undefined): 'public' | 'private' | 'unknown';
  /** Out of the VPC: through a NAT gateway, an internet gateway or something else. */
  defaultRoutes(subnet: Resource): readonly Resource[];
  ingress(group: Resource): readonly PortRule[];
  egress(group: Resource): readonly PortRule[];
  /** The security groups of the app among the ids. */
  groups(ids: readonly Resolved[]): readonly Resource[];
  /** The rule by which members of `from` may enter `to`. */
  admits(to: readonly Resource[], from: readonly Resource[]): PortRule | undefined;
}

export const isAnywhere = (peer: string | undefined): boolean => peer === '0.0.0.0/0' || peer === '::/0';

function ruleOf(value: Resolved, path: string, resource: Resource): PortRule | undefined {
  if (isUnresolved(value))
    return { path, resource, protocol: 'all', from: 0, to: 65535, peer: undefined, because: value.reason };
  if (!isMap(value)) return undefined;
  const protocol = textAt(value, 'IpProtocol');
  const from = numberAt(value, 'FromPort');
  const to = numberAt(value, 'ToPort');
  const peers = [
    'CidrIp',
    'CidrIpv6',
    'SourceSecurityGroupId',
    'SourceSecurityGroupName',
    'DestinationSecurityGroupId',
    'SourcePrefixListId',
    'DestinationPrefixListId',
  ].map((name) => textAt(value, name));
  const unknown = [...peers, protocol, from, to].find(isUnresolved);
  const peer = peers.find((one) => typeof one === 'string');
  const isAll = protocol === '-1' || protocol === undefined;
  return {
    path,
    resource,
    protocol: isAll ? 'all' : typeof protocol === 'string' ? protocol : 'all',
    from: isAll || typeof from !== 'number' || from < 0 ? 0 : from,
    to: isAll || typeof to !== 'number' || to < 0 ? 65535 : to,
    peer: typeof peer === 'string' ? peer : undefined,
    ...(unknown === undefined ? {} : { because: unknown.reason }),
  };
}

function rulesOf(app: Architecture, direction: 'Ingress' | 'Egress'): Map<string, PortRule[]> {
  const found = new Map<string, PortRule[]>();
  for (const group of app.ofType('AWS::EC2::SecurityGroup')) {
    const property = `SecurityGroup${direction}`;
    const rules = listAt(group.properties, property).flatMap(
      (value, index) => ruleOf(value, `${group.id}/Properties/${property}/${index}`, group) ?? [],
    );
    found.set(group.id, rules);
  }
  for (const apart of app.ofType(`AWS::EC2::SecurityGroup${direction}`)) {
    const id = textAt(apart.properties, 'GroupId') ?? textAt(apart.properties, 'GroupName');
    const group = typeof id === 'string' ? app.named(id) : undefined;
    const rule = ruleOf(apart.properties, `${apart.id}/Properties`, apart);
    if (group !== undefined && rule !== undefined) found.get(group.id)?.push(rule);
  }
  return found;
}

/** Routes to everywhere, by the id of their table. */
function defaultRoutes(app: Architecture): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const route of app.ofType('AWS::EC2::Route')) {
    const { RouteTableId, DestinationCidrBlock, DestinationIpv6CidrBlock } = route.properties;
    const table = typeof RouteTableId === 'string' ? app.named(RouteTableId) : undefined;
    if (table === undefined || (DestinationCidrBlock !== '0.0.0.0/0' && DestinationIpv6CidrBlock !== '::/0'))
      continue;
    found.set(table.id, [...(found.get(table.id) ?? []), route]);
  }
  return found;
}

function isToInternet(app: Architecture, { properties: { GatewayId } }: Resource): boolean {
  if (typeof GatewayId !== 'string') return false;
  const gateway = app.named(GatewayId)?.type;
  return (
    gateway === 'AWS::EC2::InternetGateway' ||
    gateway === 'AWS::EC2::VPCGatewayAttachment' ||
    GatewayId.startsWith('igw-')
  );
}

function readNetwork(app: Architecture): Network {
  const ingress = rulesOf(app, 'Ingress');
  const egress = rulesOf(app, 'Egress');
  const routes = defaultRoutes(app);
  const tableOf = new Map<string, string>();
  for (const { properties } of app.ofType('AWS::EC2::SubnetRouteTableAssociation')) {
    const subnet = typeof properties.SubnetId === 'string' ? app.named(properties.SubnetId) : undefined;
    const table =
      typeof properties.RouteTableId === 'string' ? app.named(properties.RouteTableId) : undefined;
    if (subnet !== undefined && table !== undefined) tableOf.set(subnet.id, table.id);
  }
  const groups = (ids: readonly Resolved[]) =>
    ids.flatMap((id) => {
      const found = typeof id === 'string' ? app.named(id) : undefined;
      return found?.type === 'AWS::EC2::SecurityGroup' ? [found] : [];
    });
  return {
    subnet: (id) => {
      const subnet = typeof id === 'string' ? app.named(id) : undefined;
      if (subnet?.type !== 'AWS::EC2::Subnet') return 'unknown';
      const table = tableOf.get(subnet.id);
      // Without an association the main route table holds, which a template cannot reach; it is private by default.
      const isOpen = (routes.get(table ?? '') ?? []).some((route) => isToInternet(app, route));
      return isOpen ? 'public' : 'private';
    },
    defaultRoutes: ({ id }) => routes.get(tableOf.get(id) ?? '') ?? [],
    ingress: ({ id }) => ingress.get(id) ?? [],
    egress: ({ id }) => egress.get(id) ?? [],
    groups,
    admits: (to, from) => {
      for (const group of to)
        for (const rule of ingress.get(group.id) ?? [])
          if (rule.peer !== undefined && groups([rule.peer]).some((peer) => from.includes(peer))) return rule;
      return undefined;
    },
  };
}

export const networkOf = oncePerApp(readNetwork);

export const portsOf = ({ protocol, from, to }: PortRule): string =>
  protocol === 'all' || (from === 0 && to === 65535)
    ? protocol === 'all'
      ? 'every port'
      : `every ${protocol} port`
    : from === to
      ? `${protocol} ${from}`
      : `${protocol} ${from}-${to}`;

const idsAt = (resource: Resource, paths: readonly string[] = []): readonly Resolved[] =>
  paths.flatMap((path) =>
    [...valuesAt(resource.properties, path)].flatMap(({ value }) => (isList(value) ? value : [value])),
  );

/** The ids of the security groups that a resource is in. */
export const groupIdsOf = (resource: Resource): readonly Resolved[] =>
  idsAt(resource, factsOf(resource.type)?.network?.groups);

/** The ids of the subnets that a resource is in, or the name of its subnet group. */
export const subnetIdsOf = (resource: Resource): readonly Resolved[] =>
  idsAt(resource, factsOf(resource.type)?.network?.subnets);
