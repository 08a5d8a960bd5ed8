import { defineType } from './facts.ts';

export const mskServerlessCluster = defineType({
  type: 'AWS::MSK::ServerlessCluster',
  called: 'Kafka',
  drawn: { category: 'messaging' },
});
