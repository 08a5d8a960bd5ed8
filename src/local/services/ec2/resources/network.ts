/**
 * The types of a VPC, one row each: its id's prefix, the properties that are kept, and what Fn::GetAtt answers.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
 */

import { createHash } from 'node:crypto';
import { availabilityZones, zoneId } from '../../../availability-zones.ts';
import type { ResourceType, ServiceEnvironment } from '../../../service.ts';
import { inertType } from '../../inert-types.ts';
import { networkChecks } from '../network-checks.ts';

const because = 'there is no local network: functions and tasks run as processes on loopback';

interface Row {
  readonly name: string;
  /** Prefix of the physical id, e.g. `vpc` for `vpc-0abc…`; types without an id of their own get a derived one. */
  readonly prefix: string;
  readonly properties: readonly string[];
  /** Default: the prefix and 17 digits. */
  physicalId?(env: ServiceEnvironment): string;
  attributes?(
    id: string,
    properties: Readonly<Record<string, unknown>>,
    env: ServiceEnvironment,
  ): Record<string, unknown>;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The hosted zone and the name of an interface endpoint, for the region and for each of its subnets.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
 */
function endpointNames(id: string, p: Readonly<Record<string, unknown>>, region: string): string[] {
  const service = String(p.ServiceName).split('.').at(-1);
  const name = `${id}-${id.slice(-8)}`;
  const zones = availabilityZones(region).slice(0, list(p.SubnetIds).length);
  return ['', ...zones.map((zone) => `-${zone}`)].map(
    (zone) => `Z7HUB22UULQXV:${name}${zone}.${service}.${region}.vpce.amazonaws.com`,
  );
}

const rows: readonly Row[] = [
  {
    name: 'VPC',
    prefix: 'vpc',
    properties: ['CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy', 'Tags'],
    attributes: (id, p) => ({
      VpcId: id,
      CidrBlock: p.CidrBlock,
      DefaultSecurityGroup: id.replace('vpc', 'sg'),
      DefaultNetworkAcl: id.replace('vpc', 'acl'),
      CidrBlockAssociations: [id.replace('vpc', 'vpc-cidr-assoc')],
      Ipv6CidrBlocks: [],
    }),
  },
  {
    name: 'Subnet',
    prefix: 'subnet',
    properties: [
      'AvailabilityZone',
      'CidrBlock',
      'MapPublicIpOnLaunch',
      'VpcId',
      'Tags',
      'AssignIpv6AddressOnCreation',
    ],
    attributes: (id, p, { region }) => {
      const zones = availabilityZones(region);
      // AWS picks one of the region's.
      const zone = String(p.AvailabilityZone ?? zones[Number.parseInt(id.slice(-1), 16) % zones.length]);
      return {
        SubnetId: id,
        AvailabilityZone: zone,
        AvailabilityZoneId: zoneId(zone),
        BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
        CidrBlock: p.CidrBlock,
        VpcId: p.VpcId,
        NetworkAclAssociationId: id.replace('subnet', 'aclassoc'),
        Ipv6CidrBlocks: [],
      };
    },
  },
  {
    name: 'RouteTable',
    prefix: 'rtb',
    properties: ['VpcId', 'Tags'],
    attributes: (id) => ({ RouteTableId: id }),
  },
  {
    name: 'Route',
    prefix: 'r',
    properties: [
      'DestinationCidrBlock',
      'DestinationIpv6CidrBlock',
      'GatewayId',
      'NatGatewayId',
      'RouteTableId',
      'VpcPeeringConnectionId',
    ],
    attributes: (_, p) => ({ CidrBlock: p.DestinationCidrBlock }),
  },
  {
    name: 'SubnetRouteTableAssociation',
    prefix: 'rtbassoc',
    properties: ['RouteTableId', 'SubnetId'],
    attributes: (id) => ({ Id: id }),
  },
  {
    name: 'InternetGateway',
    prefix: 'igw',
    properties: ['Tags'],
    attributes: (id) => ({ InternetGatewayId: id }),
  },
  {
    name: 'VPCGatewayAttachment',
    prefix: 'attach',
    properties: ['InternetGatewayId', 'VpcId', 'VpnGatewayId'],
    attributes: () => ({ AttachmentType: 'IGW' }),
  },
  {
    name: 'NatGateway',
    prefix: 'nat',
    properties: ['AllocationId', 'SubnetId', 'ConnectivityType', 'Tags'],
    attributes: (id) => ({ NatGatewayId: id, EniId: id.replace('nat', 'eni') }),
  },
  {
    name: 'EIP',
    prefix: 'eipalloc',
    properties: ['Domain', 'InstanceId', 'Tags'],
    // Ref is the address. From 198.18.0.0/15, which RFC 2544 sets aside for measurements: it can reach nothing.
    physicalId: (env) => {
      const [, one, two, three] =
        /^(.)(..)(..)/.exec(env.randomId(5))?.map((hex) => Number.parseInt(hex, 16)) ?? [];
      return `198.${18 + ((one ?? 0) % 2)}.${two}.${three}`;
    },
    attributes: (address) => ({
      AllocationId: `eipalloc-0${createHash('sha256').update(address).digest('hex').slice(0, 16)}`,
      PublicIp: address,
    }),
  },
  {
    name: 'SecurityGroup',
    prefix: 'sg',
    properties: [
      'GroupDescription',
      'GroupName',
      'SecurityGroupEgress',
      'SecurityGroupIngress',
      'VpcId',
      'Tags',
    ],
    attributes: (id, p) => ({ GroupId: id, Id: id, VpcId: p.VpcId }),
  },
  ...(['SecurityGroupIngress', 'SecurityGroupEgress'] as const).map(
    (name): Row => ({
      name,
      prefix: 'sgr',
      properties: [
        'CidrIp',
        'CidrIpv6',
        'Description',
        'FromPort',
        'ToPort',
        'IpProtocol',
        'GroupId',
        'SourceSecurityGroupId',
        'DestinationSecurityGroupId',
        'SourcePrefixListId',
        'DestinationPrefixListId',
      ],
      attributes: (id) => ({ Id: id }),
    }),
  ),
  {
    name: 'VPCEndpoint',
    prefix: 'vpce',
    properties: [
      'PolicyDocument',
      'PrivateDnsEnabled',
      'RouteTableIds',
      'SecurityGroupIds',
      'ServiceName',
      'SubnetIds',
      'VpcEndpointType',
      'VpcId',
      'Tags',
    ],
    attributes: (id, p, env) => ({
      Id: id,
      DnsEntries: p.VpcEndpointType === 'Interface' ? endpointNames(id, p, env.region) : [],
      NetworkInterfaceIds: list(p.SubnetIds).map((_, at) => `eni-0${id.slice(-15)}${at}`),
      CreationTimestamp: new Date(env.clock.now()).toISOString(),
    }),
  },
  {
    name: 'FlowLog',
    prefix: 'fl',
    properties: [
      'DeliverLogsPermissionArn',
      'LogDestination',
      'LogDestinationType',
      'LogFormat',
      'LogGroupName',
      'MaxAggregationInterval',
      'ResourceId',
      'ResourceType',
      'TrafficType',
      'Tags',
    ],
    attributes: (id) => ({ Id: id }),
  },
];

export const networkTypes = (env: ServiceEnvironment): readonly ResourceType[] =>
  rows.map((row) =>
    inertType({
      type: `AWS::EC2::${row.name}`,
      because,
      properties: row.properties,
      check: (request) => networkChecks[row.name]?.(request, env),
      physicalId: () => row.physicalId?.(env) ?? `${row.prefix}-0${env.randomId(16)}`,
      attributes: (id, properties) => row.attributes?.(id, properties, env) ?? {},
    }),
  );
