import { defineType } from './facts.ts';

export const autoscalingLaunchConfiguration = defineType({
  type: 'AWS::AutoScaling::LaunchConfiguration',
  called: 'launch configuration',
  runsAs: ['IamInstanceProfile'],
  configuration: ['UserData'],
  network: { groups: ['SecurityGroups'] },
});
