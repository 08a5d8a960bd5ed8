/**
 * Attributes of kept types that follow from their properties, or that have a form of their own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html
 */
import { isObject } from '../../core/is-object.ts';
import { availabilityZones, zoneId } from '../availability-zones.ts';
import { hex, type OwnAttribute } from './attribute-values.ts';

type Own = Readonly<Record<string, OwnAttribute>>;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** From 198.18.0.0/15, which RFC 2544 sets aside for measurements: it can reach nothing. */
const publicIp: OwnAttribute = (origin) => {
  const [one = 0, two = 0, three = 0] = Buffer.from(hex(origin, 'PublicIp', 6), 'hex');
  return `198.${18 + (one % 2)}.${two}.${three}`;
};

/**
 * The hosted zone and the name of an interface endpoint, for the region and for each of its subnets.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
 */
const endpointNames: OwnAttribute = ({ properties, region }, value) => {
  if (properties.VpcEndpointType !== 'Interface') return [];
  const id = String(value('Id'));
  const service = String(properties.ServiceName).split('.').at(-1);
  const name = `${id}-${id.slice(-8)}`;
  const zones = availabilityZones(region).slice(0, list(properties.SubnetIds).length);
  return ['', ...zones.map((zone) => `-${zone}`)].map(
    (zone) => `Z7HUB22UULQXV:${name}${zone}.${service}.${region}.vpce.amazonaws.com`,
  );
};

/** AWS picks one of the region's where the template does not. */
const zone: OwnAttribute = (origin) => {
  const zones = availabilityZones(origin.region);
  return (
    origin.properties.AvailabilityZone ?? zones[Number.parseInt(hex(origin, 'zone', 2), 16) % zones.length]
  );
};

/** Of the /56 that Amazon gives a VPC, whether or not a VPCCidrBlock asks for it: only such a template asks here. */
const ipv6Blocks: OwnAttribute = (origin) => {
  const digits = hex(origin, 'Ipv6', 6);
  return [`2600:1f18:${digits.slice(0, 4)}:${digits.slice(4)}00::/56`];
};

const derived =
  (attribute: string, prefix: string): OwnAttribute =>
  (_, value) =>
    String(value(attribute)).replace(/^[a-z]+/, prefix);

const domainName =
  (prefix: string, suffix: string): OwnAttribute =>
  (origin) =>
    `${prefix}${hex(origin, 'name', 10)}.${suffix.replace('R', origin.region)}`;

/** https://docs.aws.amazon.com/general/latest/gr/apigateway.html has the hosted zones; this one is us-east-1's. */
const apiDomain: Own = {
  DistributionDomainName: domainName('d', 'cloudfront.net'),
  DistributionHostedZoneId: () => 'Z2FDTNDATAQYW2',
  RegionalDomainName: domainName('d-', 'execute-api.R.amazonaws.com'),
  RegionalHostedZoneId: () => 'Z1UJRXOUMOOFQ8',
};

export const ownAttributes: Readonly<Record<string, Own>> = {
  'AWS::ApiGateway::DomainName': apiDomain,
  'AWS::ApiGatewayV2::DomainName': apiDomain,
  'AWS::Budgets::Budget': {
    Id: (origin) =>
      (isObject(origin.properties.Budget) ? origin.properties.Budget.BudgetName : undefined) ??
      origin.uniqueName,
  },
  'AWS::EC2::EIP': { PublicIp: publicIp },
  'AWS::EC2::NatGateway': { EniId: derived('NatGatewayId', 'eni') },
  'AWS::EC2::Route': {
    CidrBlock: ({ properties: p }) =>
      p.DestinationCidrBlock ?? p.DestinationIpv6CidrBlock ?? p.DestinationPrefixListId,
  },
  'AWS::EC2::SecurityGroup': { Id: (_, value) => value('GroupId') },
  'AWS::EC2::Subnet': {
    AvailabilityZone: zone,
    AvailabilityZoneId: (_, value) => zoneId(String(value('AvailabilityZone'))),
    BlockPublicAccessStates: () => ({ InternetGatewayBlockMode: 'off' }),
    NetworkAclAssociationId: derived('SubnetId', 'aclassoc'),
  },
  'AWS::EC2::VPC': {
    CidrBlock: ({ properties: p }) => p.CidrBlock ?? `10.0.0.0/${p.Ipv4NetmaskLength ?? 16}`,
    CidrBlockAssociations: (_, value) => [derived('VpcId', 'vpc-cidr-assoc')(_, value)],
    DefaultNetworkAcl: derived('VpcId', 'acl'),
    DefaultSecurityGroup: derived('VpcId', 'sg'),
    Ipv6CidrBlocks: ipv6Blocks,
  },
  'AWS::EC2::VPCEndpoint': {
    DnsEntries: endpointNames,
    NetworkInterfaceIds: ({ properties }, value) =>
      list(properties.SubnetIds).map((_, index) => `eni-0${String(value('Id')).slice(-15)}${index}`),
  },
  'AWS::EC2::VPCGatewayAttachment': {
    AttachmentType: ({ properties }) => (properties.InternetGatewayId === undefined ? 'VGW' : 'IGW'),
  },
  'AWS::Route53::HostedZone': {
    Id: (origin) => `Z0${hex(origin, 'Id', 18).toUpperCase()}`,
    NameServers: (origin) =>
      ['com', 'net', 'org', 'co.uk'].map((end, index) => {
        const number = Number.parseInt(hex(origin, 'ns', 2), 16) + 512 * index;
        return `ns-${number}.awsdns-${String(number % 64).padStart(2, '0')}.${end}`;
      }),
  },
};
