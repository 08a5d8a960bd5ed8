import { defineType } from './facts.ts';

export const elasticloadbalancingv2Listener = defineType({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  called: 'listener',
  arn: 'elasticloadbalancing:R:A:listener/app/N',
  ref: 'arn',
  drawn: 'with its owner',
  owner: ['LoadBalancerArn'],
  passesOn: true,
  triggers: [
    { kind: 'request', from: 'LoadBalancerArn' },
    {
      kind: 'request',
      to: ['DefaultActions.*.TargetGroupArn', 'DefaultActions.*.ForwardConfig.TargetGroups.*.TargetGroupArn'],
    },
  ],
});
