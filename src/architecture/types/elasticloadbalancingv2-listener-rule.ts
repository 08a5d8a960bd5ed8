import { defineType } from './facts.ts';

export const elasticloadbalancingv2ListenerRule = defineType({
  type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  called: 'listener rule',
  drawn: 'with its owner',
  owner: ['ListenerArn'],
  triggers: [
    {
      kind: 'request',
      from: 'ListenerArn',
      to: ['Actions.*.TargetGroupArn', 'Actions.*.ForwardConfig.TargetGroups.*.TargetGroupArn'],
    },
  ],
});
