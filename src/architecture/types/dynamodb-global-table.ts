import { tableStore } from './dynamodb-table.ts';
import { defineType } from './facts.ts';

export const dynamodbGlobalTable = defineType({
  type: 'AWS::DynamoDB::GlobalTable',
  called: 'DynamoDB table',
  name: 'TableName',
  arn: 'dynamodb:R:A:table/N',
  drawn: { category: 'data' },
  store: tableStore,
  encryption: {
    key: 'Replicas.*.SSESpecification.KMSMasterKeyId',
    switch: 'SSESpecification.SSEEnabled',
    on: 'aws-managed',
    off: 'aws-owned',
    absent: 'aws-owned',
  },
});
