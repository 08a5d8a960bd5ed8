import { defineType } from './facts.ts';

export const dynamodbGlobalTable = defineType({
  type: 'AWS::DynamoDB::GlobalTable',
  called: 'DynamoDB table',
  name: 'TableName',
  arn: 'dynamodb:R:A:table/N',
  drawn: { category: 'data' },
  store: {
    kind: 'table',
    read: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:GetRecords',
    ],
    write: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    admin: ['dynamodb:UpdateTable', 'dynamodb:DeleteTable'],
    consume: ['dynamodb:GetRecords'],
    parts: { 'dynamodb:GetRecords': '/stream/{any}' },
  },
  encryption: {
    key: 'Replicas.*.SSESpecification.KMSMasterKeyId',
    switch: 'SSESpecification.SSEEnabled',
    on: 'aws-managed',
    off: 'aws-owned',
    absent: 'aws-owned',
  },
});
