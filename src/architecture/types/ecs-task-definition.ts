import { defineType } from './facts.ts';

export const ecsTaskDefinition = defineType({
  type: 'AWS::ECS::TaskDefinition',
  called: 'task definition',
  name: 'Family',
  arn: 'ecs:R:A:task-definition/N',
  ref: 'arn',
  drawn: 'with its user',
  runsAs: ['TaskRoleArn'],
  configuration: ['ContainerDefinitions.*.Environment', 'ContainerDefinitions.*.Secrets'],
  logs: ['ContainerDefinitions.*.LogConfiguration.Options'],
});
