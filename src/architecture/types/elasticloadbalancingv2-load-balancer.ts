import { defineType } from './facts.ts';

export const elasticloadbalancingv2LoadBalancer = defineType({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  called: 'load balancer',
  name: 'Name',
  arn: 'elasticloadbalancing:R:A:loadbalancer/app/N',
  ref: 'arn',
  drawn: { category: 'edge' },
  entry: { unless: { property: 'Scheme', is: 'internal' } },
  network: { subnets: ['Subnets', 'SubnetMappings.*.SubnetId'], groups: ['SecurityGroups'] },
  logs: ['LoadBalancerAttributes.*.Value'],
});
