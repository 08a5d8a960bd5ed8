import { defineType } from './facts.ts';

export const amazonmqBroker = defineType({
  type: 'AWS::AmazonMQ::Broker',
  called: 'MQ broker',
  drawn: { category: 'messaging' },
  network: { subnets: ['SubnetIds'], groups: ['SecurityGroups'] },
});
