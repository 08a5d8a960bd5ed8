import { defineType } from './facts.ts';

export const mskCluster = defineType({
  type: 'AWS::MSK::Cluster',
  called: 'Kafka',
  name: 'ClusterName',
  arn: 'kafka:R:A:cluster/N/*',
  ref: 'arn',
  drawn: { category: 'messaging' },
  encryption: {
    on: 'aws-managed',
    absent: 'aws-managed',
    key: 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId',
  },
  network: { subnets: ['BrokerNodeGroupInfo.ClientSubnets'], groups: ['BrokerNodeGroupInfo.SecurityGroups'] },
});
