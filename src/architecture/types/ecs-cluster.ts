import { defineType } from './facts.ts';

export const ecsCluster = defineType({
  type: 'AWS::ECS::Cluster',
  called: 'ECS cluster',
  name: 'ClusterName',
});
