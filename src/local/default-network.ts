/**
 * The network that a new AWS account has in every region: one VPC, with a public subnet in each zone.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 */
import { createHash } from 'node:crypto';
import { availabilityZones } from './availability-zones.ts';

interface DefaultSubnet {
  readonly id: string;
  readonly zone: string;
  readonly cidr: string;
}

export interface DefaultNetwork {
  readonly vpcId: string;
  readonly cidr: string;
  readonly subnets: readonly DefaultSubnet[];
  readonly routeTableId: string;
  readonly securityGroupId: string;
}

/** `vpc-0123456789abcdef0`: the same for the same words. */
export const stableId = (prefix: string, ...words: readonly string[]): string =>
  `${prefix}-0${createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 16)}`;

export function defaultNetwork(accountId: string, region: string): DefaultNetwork {
  const id = (prefix: string, what = '') => stableId(prefix, accountId, region, 'default', what);
  return {
    vpcId: id('vpc'),
    cidr: '172.31.0.0/16',
    subnets: availabilityZones(region).map((zone, index) => ({
      id: id('subnet', zone),
      zone,
      cidr: `172.31.${index * 16}.0/20`,
    })),
    routeTableId: id('rtb'),
    securityGroupId: id('sg'),
  };
}
