import { defineType } from './facts.ts';

export const applicationautoscalingScalingPolicy = defineType({
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  called: 'scaling policy',
  scales: { what: ['ScalingTargetId', 'ResourceId'], as: 'policy' },
});
