import { defineType } from './facts.ts';

export const dynamodbTable = defineType({
  type: 'AWS::DynamoDB::Table',
  called: 'DynamoDB table',
  name: 'TableName',
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
  policies: [
    { document: 'ResourcePolicy.PolicyDocument' },
    { document: 'StreamSpecification.ResourcePolicy.PolicyDocument' },
  ],
  encryption: {
    key: 'SSESpecification.KMSMasterKeyId',
    switch: 'SSESpecification.SSEEnabled',
    on: 'aws-managed',
    off: 'aws-owned',
    absent: 'aws-owned',
  },
});
