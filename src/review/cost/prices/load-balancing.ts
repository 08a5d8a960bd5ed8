/**
 * Elastic Load Balancing: https://aws.amazon.com/elasticloadbalancing/pricing/ . An LCU is the largest of 25 new
 * connections a second, 3,000 active connections a minute, 1 GB an hour (0.4 for Lambda targets) and 1,000 rule
 * evaluations a second.
 */
import { free, recorded, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/elasticloadbalancing/pricing/', '2026-11-21', 'aws');
const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSELB/20260720184950/us-east-1/index.json , as quoted',
  '2026-07-29',
  'aws-derived',
);
const golden = source(recorded('lb'), '2024-07-01', 'aws-derived');
const classic = source(recorded('elb'), '2024-07-01', 'aws-derived');
const memory = source(
  'https://aws.amazon.com/elasticloadbalancing/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const row = rowsOf('Elastic Load Balancing', 'AWSELB');
const hours = '0.0225 0.0225 0.0225 0.0252 0.027 0.0252';

export const loadBalancing = [
  row({
    id: 'elb.alb.hours',
    what: 'Application Load Balancer',
    unit: 'hour',
    scope: 'resource',
    regions: { ...memory.flat(hours), ...list.only('us-east-1', '0.0225') },
    free: free('first-12-months', 750, page),
    list: { productFamily: 'Load Balancer-Application', usagetype: 'LoadBalancerUsage' },
  }),
  row({
    id: 'elb.alb.lcu',
    what: 'Application Load Balancer capacity units',
    unit: 'LCU-hour',
    regions: { ...memory.flat('0.008'), ...list.only('us-east-1', '0.008') },
    list: { productFamily: 'Load Balancer-Application', usagetype: 'LCUUsage' },
  }),
  row({
    id: 'elb.nlb.hours',
    what: 'Network Load Balancer',
    unit: 'hour',
    scope: 'resource',
    regions: { ...memory.flat(hours), ...golden.only('us-east-1', '0.0225') },
    list: { productFamily: 'Load Balancer-Network', usagetype: 'LoadBalancerUsage' },
  }),
  row({
    id: 'elb.nlb.lcu',
    what: 'Network Load Balancer capacity units',
    unit: 'NLCU-hour',
    regions: { ...memory.flat('0.006'), ...golden.only('us-east-1', '0.006') },
    list: { productFamily: 'Load Balancer-Network', usagetype: 'LCUUsage' },
  }),
  row({
    id: 'elb.clb.hours',
    what: 'Classic Load Balancer',
    unit: 'hour',
    scope: 'resource',
    regions: classic.only('us-east-1', '0.025'),
    list: { productFamily: 'Load Balancer', usagetype: 'LoadBalancerUsage' },
  }),
  row({
    id: 'elb.clb.data',
    what: 'Data processed by Classic Load Balancers',
    unit: 'GB',
    regions: classic.only('us-east-1', '0.008'),
    list: { productFamily: 'Load Balancer', usagetype: 'DataProcessing-Bytes' },
  }),
];
