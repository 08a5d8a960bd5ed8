/**
 * What AWS refuses of a network for what its properties say, also where they name one another: a subnet outside its VPC,
 * two that overlap, a route without a target. Error texts are EC2's:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */

import { isIPv6 } from 'node:net';
import { type Ipv4Block, isInside, overlap, parseIpv4Block } from '../../core/ipv4-block.ts';
import { isObject } from '../../core/is-object.ts';
import { availabilityZones } from '../availability-zones.ts';
import { invalidProperties, type ResourceRequest, type ServiceEnvironment } from '../service.ts';

type Properties = Readonly<Record<string, unknown>>;
type Request = Pick<ResourceRequest, 'properties' | 'resourcesOf'> & { readonly physicalId?: string };
type Check = (request: Request, env: ServiceEnvironment) => void;

const refuse = (message: string): never => {
  throw invalidProperties(message);
};

/** VPCs and subnets have 16 to 65,536 addresses. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
function blockOf(text: unknown, parameter: string): Ipv4Block {
  const block = parseIpv4Block(String(text));
  if (!block)
    return refuse(
      `Value (${text}) for parameter ${parameter} is invalid. This is not a valid CIDR block. (InvalidParameterValue)`,
    );
  if (block.prefix < 16 || block.prefix > 28)
    return refuse(`The CIDR '${text}' is invalid. (InvalidVpc.Range)`);
  return block;
}

const vpc: Check = ({ properties: { CidrBlock, Ipv4IpamPoolId } }) => {
  if (Ipv4IpamPoolId !== undefined) return;
  if (CidrBlock === undefined)
    refuse('Either CIDR Block or IPv4 IPAM Pool and IPv4 Netmask Length must be provided');
  blockOf(CidrBlock, 'cidrBlock');
};

const subnet: Check = ({ properties, resourcesOf, physicalId }, { region }) => {
  const { CidrBlock, VpcId, AvailabilityZone } = properties;
  if (AvailabilityZone !== undefined && !String(AvailabilityZone).startsWith(region))
    refuse(
      `Value (${AvailabilityZone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${availabilityZones(region).join(', ')}. (InvalidParameterValue)`,
    );
  const elsewhere = properties.Ipv4IpamPoolId !== undefined || properties.Ipv6Native === true;
  if (CidrBlock === undefined && elsewhere) return;
  if (CidrBlock === undefined) refuse('The request must contain the parameter cidrBlock. (MissingParameter)');
  const block = blockOf(CidrBlock, 'cidrBlock');
  for (const other of resourcesOf('AWS::EC2::VPC')) {
    if (other.physicalId !== VpcId) continue;
    const whole = parseIpv4Block(String(other.properties.CidrBlock));
    if (whole && !isInside(block, whole)) refuse(`The CIDR '${CidrBlock}' is invalid. (InvalidSubnet.Range)`);
  }
  for (const other of resourcesOf('AWS::EC2::Subnet')) {
    if (other.physicalId === physicalId || other.properties.VpcId !== VpcId) continue;
    const taken = parseIpv4Block(String(other.properties.CidrBlock));
    if (taken && overlap(block, taken))
      refuse(`The CIDR '${CidrBlock}' conflicts with another subnet (InvalidSubnet.Conflict)`);
  }
};

const routeTargets = [
  ...['CarrierGatewayId', 'CoreNetworkArn', 'EgressOnlyInternetGatewayId', 'GatewayId', 'InstanceId'],
  ...['LocalGatewayId', 'NatGatewayId', 'NetworkInterfaceId', 'TransitGatewayId', 'VpcEndpointId'],
  'VpcPeeringConnectionId',
];

const destinations = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];

const route: Check = ({ properties, resourcesOf, physicalId }) => {
  const named = (names: readonly string[]) => names.filter((name) => properties[name] !== undefined);
  const lowered = (names: readonly string[]) =>
    names.map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`).join(', ');
  if (named(routeTargets).length !== 1)
    refuse(`The request must contain exactly one of ${lowered(routeTargets)} (InvalidParameterCombination)`);
  if (named(destinations).length !== 1)
    refuse(`The request must contain exactly one of ${lowered(destinations)} (InvalidParameterCombination)`);
  const { DestinationCidrBlock: to, RouteTableId } = properties;
  if (to === undefined) return;
  if (!parseIpv4Block(String(to))) refuse(`The CIDR block ${to} is malformed (InvalidParameterValue)`);
  for (const other of resourcesOf('AWS::EC2::Route'))
    if (
      other.physicalId !== physicalId &&
      other.properties.RouteTableId === RouteTableId &&
      other.properties.DestinationCidrBlock === to
    )
      refuse(`The route identified by ${to} already exists. (RouteAlreadyExists)`);
};

const securityGroup: Check = ({ properties }) => {
  const { GroupDescription = '', GroupName, SecurityGroupIngress, SecurityGroupEgress } = properties;
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
  if (!/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(String(GroupDescription)))
    refuse(
      'Value for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported, and it has 1 to 255 characters. (InvalidParameterValue)',
    );
  if (GroupName !== undefined && /^sg-/i.test(String(GroupName)))
    refuse(
      `Invalid group name '${GroupName}'. Group names may not be in the format sg-*. (InvalidParameterValue)`,
    );
  for (const rules of [SecurityGroupIngress, SecurityGroupEgress])
    if (Array.isArray(rules)) for (const rule of rules) if (isObject(rule)) checkRule(rule);
};

const sources = [
  ...['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId', 'SourceSecurityGroupName'],
  ...['DestinationPrefixListId', 'DestinationSecurityGroupId'],
];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function checkRule(rule: Properties): void {
  const { CidrIp, CidrIpv6, FromPort, ToPort } = rule;
  const protocol = String(rule.IpProtocol).toLowerCase();
  if (!/^(-1|tcp|udp|icmp|icmpv6|all|\d{1,3})$/.test(protocol) || Number(protocol) > 255)
    refuse(`Invalid value '${rule.IpProtocol}' for IP protocol. Unknown protocol. (InvalidParameterValue)`);
  if (CidrIp !== undefined && !parseIpv4Block(String(CidrIp)))
    refuse(`CIDR block ${CidrIp} is malformed (InvalidParameterValue)`);
  if (CidrIpv6 !== undefined && !isIpv6Block(String(CidrIpv6)))
    refuse(`CIDR block ${CidrIpv6} is malformed (InvalidParameterValue)`);
  if (sources.filter((name) => rule[name] !== undefined).length !== 1)
    refuse(
      'Exactly one of CidrIp, CidrIpv6, a prefix list or a security group must be specified (InvalidParameterValue)',
    );
  if (!/^(tcp|udp|6|17)$/.test(protocol)) return;
  if (FromPort === undefined || ToPort === undefined)
    refuse(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange. (InvalidParameterValue)",
    );
  for (const port of [Number(FromPort), Number(ToPort)])
    if (!(port >= 0 && port <= 65_535))
      refuse(`Invalid value '${port}' for port. Must be between 0 and 65535. (InvalidParameterValue)`);
  if (Number(FromPort) > Number(ToPort))
    refuse(`Invalid TCP/UDP port range (${FromPort}:${ToPort}) (InvalidParameterValue)`);
}

function isIpv6Block(text: string): boolean {
  const [address = '', prefix = ''] = text.split('/');
  return isIPv6(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128;
}

const natGateway: Check = ({ properties: { AllocationId, ConnectivityType = 'public', SubnetId } }) => {
  if (SubnetId === undefined) refuse('The request must contain the parameter subnetId. (MissingParameter)');
  if (ConnectivityType === 'public' && AllocationId === undefined)
    refuse('The request must contain the parameter allocationId. (MissingParameter)');
  if (ConnectivityType === 'private' && AllocationId !== undefined)
    refuse('allocationId cannot be used with a private NAT gateway. (InvalidParameterCombination)');
};

const gatewayAttachment: Check = ({ properties: { InternetGatewayId, VpnGatewayId } }) => {
  if ((InternetGatewayId === undefined) === (VpnGatewayId === undefined))
    refuse('Either InternetGatewayId or VpnGatewayId must be specified, and not both');
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html */
const endpoint: Check = ({ properties }) => {
  const { VpcEndpointType: type = 'Gateway', ServiceName } = properties;
  if (ServiceName === undefined)
    refuse('The request must contain the parameter serviceName. (MissingParameter)');
  const others = {
    Gateway: ['SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled'],
    Interface: ['RouteTableIds'],
  }[String(type)];
  if (others === undefined) return;
  for (const name of others) {
    const value = properties[name];
    const empty = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    if (!empty) refuse(`${name} cannot be used with an endpoint of the type ${type}. (InvalidParameter)`);
  }
};

const flowLog: Check = ({ properties: p }) => {
  if (p.LogGroupName === undefined && p.LogDestination === undefined)
    refuse('Either LogGroupName or LogDestination must be specified. (MissingParameter)');
  if (p.LogGroupName !== undefined && p.DeliverLogsPermissionArn === undefined)
    refuse('DeliverLogsPermissionArn must be specified with LogGroupName. (MissingParameter)');
};

/** By type. */
export const networkChecks: Readonly<Record<string, Check>> = {
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::Route': route,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': ({ properties }) => checkRule(properties),
  'AWS::EC2::SecurityGroupEgress': ({ properties }) => checkRule(properties),
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::VPCGatewayAttachment': gatewayAttachment,
  'AWS::EC2::VPCEndpoint': endpoint,
  'AWS::EC2::FlowLog': flowLog,
};
