import { defineType } from './facts.ts';

export const autoscalingAutoScalingGroup = defineType({
  type: 'AWS::AutoScaling::AutoScalingGroup',
  called: 'EC2 group',
  name: 'AutoScalingGroupName',
  arn: 'autoscaling:R:A:autoScalingGroup:*:autoScalingGroupName/N',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName'],
  configuration: ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName'],
  network: { subnets: ['VPCZoneIdentifier'] },
  triggers: [
    { kind: 'request', from: 'TargetGroupARNs' },
    { kind: 'request', from: 'LoadBalancerNames' },
  ],
});
