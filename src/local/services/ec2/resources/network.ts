/**
 * The types of a VPC, one row each: its id's prefix, the properties that are kept, and what Fn::GetAtt answers.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
 */
import type { ResourceType, ServiceEnvironment } from '../../../service.ts';
import { inertType } from '../../inert-types.ts';

const because = 'there is no local network: functions and tasks run as processes on loopback';

interface Row {
  readonly name: string;
  /** Prefix of the physical id, e.g. `vpc` for `vpc-0abc…`; types without an id of their own get a derived one. */
  readonly prefix: string;
  readonly properties: readonly string[];
  attributes?(
    id: string,
    properties: Readonly<Record<string, unknown>>,
    env: ServiceEnvironment,
  ): Record<string, unknown>;
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
    attributes: (id, p) => ({
      SubnetId: id,
      AvailabilityZone: p.AvailabilityZone,
      CidrBlock: p.CidrBlock,
      VpcId: p.VpcId,
      NetworkAclAssociationId: id.replace('subnet', 'aclassoc'),
      Ipv6CidrBlocks: [],
    }),
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
    attributes: (id) => ({ NatGatewayId: id }),
  },
  {
    name: 'EIP',
    prefix: 'eipalloc',
    properties: ['Domain', 'InstanceId', 'Tags'],
    // From 203.0.113.0/24, which RFC 5737 sets aside for documentation: it can reach nothing.
    attributes: (id) => ({ AllocationId: id, PublicIp: `203.0.113.${Number.parseInt(id.slice(-2), 16)}` }),
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
    attributes: (id) => ({ Id: id, DnsEntries: [], NetworkInterfaceIds: [], CreationTimestamp: '' }),
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
      physicalId: () => `${row.prefix}-0${env.randomId(16)}`,
      attributes: (id, properties) => row.attributes?.(id, properties, env) ?? {},
    }),
  );
