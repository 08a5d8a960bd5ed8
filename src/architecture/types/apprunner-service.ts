import { defineType } from './facts.ts';

export const apprunnerService = defineType({
  type: 'AWS::AppRunner::Service',
  called: 'App Runner service',
  drawn: { category: 'compute' },
  runsAs: ['InstanceConfiguration.InstanceRoleArn'],
  compute: true,
  configuration: ['SourceConfiguration.ImageRepository.ImageConfiguration'],
  entry: {
    unless: { property: 'NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible', is: 'false' },
  },
});
