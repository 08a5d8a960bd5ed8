import { defineType } from './facts.ts';

export const eksCluster = defineType({
  type: 'AWS::EKS::Cluster',
  called: 'EKS cluster',
  drawn: { category: 'compute' },
  network: { subnets: ['ResourcesVpcConfig.SubnetIds'], groups: ['ResourcesVpcConfig.SecurityGroupIds'] },
});
