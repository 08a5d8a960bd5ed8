import { defineType } from './facts.ts';

export const elasticloadbalancingv2TargetGroup = defineType({
  type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  called: 'target group',
  name: 'Name',
  arn: 'elasticloadbalancing:R:A:targetgroup/N',
  ref: 'arn',
  drawn: 'with its user',
  passesOn: true,
  triggers: [{ kind: 'request', to: ['Targets.*.Id'] }],
});
