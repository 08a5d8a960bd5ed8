import { defineType } from './facts.ts';

export const applicationautoscalingScalableTarget = defineType({
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  called: 'scalable target',
  scales: { what: ['ResourceId'], as: 'bounds' },
});
