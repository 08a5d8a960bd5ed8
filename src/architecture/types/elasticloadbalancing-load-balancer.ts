import { defineType } from './facts.ts';

export const elasticloadbalancingLoadBalancer = defineType({
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  called: 'classic load balancer',
  entry: { unless: { property: 'Scheme', is: 'internal' } },
  network: { subnets: ['Subnets'], groups: ['SecurityGroups'] },
  triggers: [{ kind: 'request', to: ['Instances'] }],
  logs: ['AccessLoggingPolicy.S3BucketName'],
});
