/** What networks cost: NAT, addresses, endpoints. https://aws.amazon.com/vpc/pricing/ */
import { isList, type Resource, textAt } from '../../../architecture/index.ts';
import { constant, perUse, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { allMonth, assumed, monthly } from './questions.ts';

const page = 'https://aws.amazon.com/vpc/pricing/';
const private_ = 'https://aws.amazon.com/privatelink/pricing/';

export const natGateway: Pricer = {
  types: ['AWS::EC2::NatGateway'],
  questions: (nat) => [
    monthly('dataGB', 'Data that passes it, both ways', 'GB', (flow) => {
      const others = flow.app.ofType(...natGateway.types).filter(({ stack }) => stack === nat.stack).length;
      return assumed(
        perUse(0.0002 / others, 'GB'),
        `about 200 KB per ${flow.uses.unit} for calls to services outside${others > 1 ? `, over ${others} gateways` : ''}`,
      );
    }),
  ],
  items: (nat, flow) => [
    line('vpc.nat-gateway.hours', allMonth()),
    line('vpc.nat-gateway.data', flow.of(nat, 'dataGB')),
  ],
};

export const elasticIp: Pricer = {
  types: ['AWS::EC2::EIP'],
  items: (address) => {
    const used =
      address.properties.InstanceId !== undefined ||
      address.usedBy.some(({ to }) =>
        /NatGateway|EIPAssociation|LoadBalancer|NetworkInterface/.test(to.type),
      );
    return [line(used ? 'vpc.public-ipv4' : 'vpc.public-ipv4.idle', allMonth('address-hour'))];
  },
};

export const endpoint: Pricer = {
  types: ['AWS::EC2::VPCEndpoint'],
  questions: (resource) =>
    textAt(resource.properties, 'VpcEndpointType') === 'Interface'
      ? [
          monthly('dataGB', 'Data that passes it', 'GB', (flow) =>
            assumed(perUse(0.0001, 'GB'), `about 100 KB per ${flow.uses.unit}`),
          ),
        ]
      : [],
  items: (resource, flow) => {
    const { text, missing } = read(resource);
    const type = text('VpcEndpointType', 'Gateway');
    if (type === undefined) return missing;
    if (type === 'Gateway') return [freeOfCharge('gateway endpoints (S3, DynamoDB) cost nothing', private_)];
    const subnets = resource.properties.SubnetIds;
    const zones = isList(subnets) ? Math.max(1, subnets.length) : 1;
    const row = type === 'GatewayLoadBalancer' ? 'gwlb' : 'interface';
    return [
      line(
        `vpc.${row}-endpoint.hours`,
        times(constant(zones, 'zone'), hoursPerMonth, `${hoursPerMonth} hours`),
      ),
      line(
        `vpc.${row}-endpoint.data`,
        type === 'Interface' ? flow.of(resource, 'dataGB') : constant(0, 'GB'),
      ),
    ];
  },
};

export const gateways: Pricer = {
  types: [
    'AWS::EC2::TransitGatewayAttachment',
    'AWS::EC2::TransitGatewayVpcAttachment',
    'AWS::EC2::VPNConnection',
  ],
  items: ({ type }) => [
    line(type.endsWith('VPNConnection') ? 'vpc.vpn.hours' : 'vpc.transit-gateway.attachment', allMonth()),
    unpriced('Data that passes it', 'how much is not in the template', undefined, 'unresolved'),
  ],
};

export const networkParts: Pricer = {
  types: [
    'AWS::EC2::VPC',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::EC2::VPCCidrBlock',
    'AWS::EC2::VPCPeeringConnection',
    'AWS::EC2::VPCDHCPOptionsAssociation',
    'AWS::EC2::DHCPOptions',
    'AWS::EC2::Subnet',
    'AWS::EC2::SubnetCidrBlock',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EC2::SubnetNetworkAclAssociation',
    'AWS::EC2::NetworkAcl',
    'AWS::EC2::NetworkAclEntry',
    'AWS::EC2::RouteTable',
    'AWS::EC2::Route',
    'AWS::EC2::InternetGateway',
    'AWS::EC2::EgressOnlyInternetGateway',
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::EIPAssociation',
    'AWS::EC2::NetworkInterface',
    'AWS::EC2::PrefixList',
    'AWS::EC2::TransitGateway',
    'AWS::EC2::TransitGatewayRoute',
    'AWS::EC2::TransitGatewayRouteTable',
    'AWS::EC2::VPNGateway',
    'AWS::EC2::CustomerGateway',
    'AWS::ApiGateway::VpcLink',
    'AWS::ApiGatewayV2::VpcLink',
    'Custom::VpcRestrictDefaultSG',
  ],
  items: () => [
    freeOfCharge(
      'networks, routes and security groups cost nothing; gateways, addresses and traffic do',
      page,
    ),
  ],
};

export const flowLog: Pricer = {
  types: ['AWS::EC2::FlowLog'],
  items: (log: Resource) => {
    const to = textAt(log.properties, 'LogDestinationType') ?? 'cloud-watch-logs';
    return to === 'cloud-watch-logs'
      ? [
          freeOfCharge(
            'its records are counted with the log group they go to',
            'https://aws.amazon.com/cloudwatch/pricing/',
          ),
        ]
      : [
          unpriced(
            'Flow-log records',
            'how many there are follows from traffic, which is not in the template',
            undefined,
            'unresolved',
          ),
        ];
  },
};
