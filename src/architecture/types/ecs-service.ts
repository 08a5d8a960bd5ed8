import { defineType } from './facts.ts';

export const ecsService = defineType({
  type: 'AWS::ECS::Service',
  called: 'ECS service',
  name: 'ServiceName',
  arn: 'ecs:R:A:service/N',
  ref: 'arn',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['TaskDefinition'],
  configuration: ['TaskDefinition'],
  network: {
    subnets: ['NetworkConfiguration.AwsvpcConfiguration.Subnets'],
    groups: ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
  },
  triggers: [
    { kind: 'request', from: 'LoadBalancers.*.TargetGroupArn' },
    { kind: 'request', from: 'LoadBalancers.*.LoadBalancerName' },
    { kind: 'request', from: 'ServiceRegistries.*.RegistryArn' },
  ],
});
