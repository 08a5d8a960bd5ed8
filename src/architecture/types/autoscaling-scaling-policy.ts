import { defineType } from './facts.ts';

export const autoscalingScalingPolicy = defineType({
  type: 'AWS::AutoScaling::ScalingPolicy',
  called: 'scaling policy',
  scales: { what: ['AutoScalingGroupName'], as: 'policy' },
});
