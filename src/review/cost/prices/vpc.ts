/** Amazon VPC, PrivateLink and NAT gateways: https://aws.amazon.com/vpc/pricing/ , https://aws.amazon.com/privatelink/pricing/ */
import { free, priceFile, rowsOf, source } from './author.ts';
import { everywhere } from './model.ts';

const guide = source(
  'https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html',
  '2026-11-21',
  'aws',
);
const memory = source('https://aws.amazon.com/vpc/pricing/ , from memory', '2026-11-21', 'unverified');
const file = source(priceFile('vpc/USD/current/vpc.json'), '2025-11-04', 'aws');
const nat = source(priceFile('ec2/USD/current/natgateway.json'), '2025-10-28', 'aws');
const row = rowsOf('Amazon VPC', 'AmazonVPC');
const gateway = rowsOf('Amazon VPC', 'AmazonEC2');

export const vpc = [
  row({
    id: 'vpc.network',
    what: 'VPCs, subnets, route tables, security groups, internet gateways, gateway endpoints',
    unit: 'resource-month',
    regions: guide.only(everywhere, '0'),
  }),
  gateway({
    id: 'vpc.nat-gateway.hours',
    what: 'NAT gateway',
    unit: 'hour',
    regions: nat.flat('0.045 0.045 0.045 0.048 0.052 0.059'),
    scope: 'resource',
    list: { usagetype: 'NatGateway-Hours' },
  }),
  gateway({
    id: 'vpc.nat-gateway.data',
    what: 'Data processed by NAT gateways',
    unit: 'GB',
    regions: nat.flat('0.045 0.045 0.045 0.048 0.052 0.059'),
    list: { usagetype: 'NatGateway-Bytes' },
  }),
  row({
    id: 'vpc.public-ipv4',
    what: 'Public IPv4 address in use',
    unit: 'address-hour',
    regions: file.flat('0.005'),
    free: free('first-12-months', 750, memory),
    list: { usagetype: 'PublicIPv4:InUseAddress' },
  }),
  row({
    id: 'vpc.public-ipv4.idle',
    what: 'Public IPv4 address held idle',
    unit: 'address-hour',
    regions: file.flat('0.005'),
    list: { usagetype: 'PublicIPv4:IdleAddress' },
  }),
  row({
    id: 'vpc.interface-endpoint.hours',
    what: 'Interface endpoint, per zone',
    unit: 'hour',
    regions: file.flat('0.01 0.01 0.01 0.011 0.012 0.013'),
    scope: 'resource',
    list: { usagetype: 'VpcEndpoint-Hours' },
  }),
  row({
    id: 'vpc.interface-endpoint.data',
    what: 'Data processed by interface endpoints',
    unit: 'GB',
    regions: file.tiers([1_048_576, '0.01'], [5_242_880, '0.006'], '0.004'),
    list: { usagetype: 'VpcEndpoint-Bytes' },
  }),
  row({
    id: 'vpc.gwlb-endpoint.hours',
    what: 'Gateway Load Balancer endpoint, per zone',
    unit: 'hour',
    regions: file.flat('0.01 0.01 0.01 0.0112 0.012 0.013'),
    scope: 'resource',
    list: { usagetype: 'VpcEndpoint-GWLBE-Hours' },
  }),
  row({
    id: 'vpc.gwlb-endpoint.data',
    what: 'Data processed by Gateway Load Balancer endpoints',
    unit: 'GB',
    regions: file.flat('0.0035'),
    list: { usagetype: 'VpcEndpoint-GWLBE-Bytes' },
  }),
  row({
    id: 'vpc.transit-gateway.attachment',
    what: 'Transit gateway VPC attachment',
    unit: 'hour',
    regions: file.flat('0.05 0.05 0.05 0.05 0.06 0.07'),
    scope: 'resource',
    list: { usagetype: 'TransitGateway-Hours', operation: 'TransitGatewayVPC' },
  }),
  row({
    id: 'vpc.transit-gateway.data',
    what: 'Data processed by transit gateways',
    unit: 'GB',
    regions: file.flat('0.02'),
    list: { usagetype: 'TransitGateway-Bytes', operation: 'TransitGatewayVPC' },
  }),
  row({
    id: 'vpc.vpn.hours',
    what: 'Site-to-Site VPN connection',
    unit: 'hour',
    regions: file.flat('0.05'),
    scope: 'resource',
  }),
];
