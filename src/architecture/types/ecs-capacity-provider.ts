import { defineType } from './facts.ts';

export const ecsCapacityProvider = defineType({
  type: 'AWS::ECS::CapacityProvider',
  called: 'capacity provider',
  scales: { what: ['AutoScalingGroupProvider.AutoScalingGroupArn'], as: 'policy' },
});
