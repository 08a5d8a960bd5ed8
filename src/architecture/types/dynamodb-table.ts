import { defineType, type StoreFacts } from './facts.ts';

export const tableStore: StoreFacts = {
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
};

export const dynamodbTable = defineType({
  type: 'AWS::DynamoDB::Table',
  called: 'DynamoDB table',
  name: 'TableName',
  drawn: { category: 'data' },
  store: tableStore,
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
