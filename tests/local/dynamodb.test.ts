import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let db: DynamoDBClient;
beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
  await db.send(
    new CreateTableCommand({
      TableName: 'jobs',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
});
afterAll(() => cloud.dispose());

describe('DynamoDB items', () => {
  it('gives back what was put, in every type', async () => {
    const Item = {
      id: { S: 'all' },
      n: { N: '1.50' },
      b: { B: new Uint8Array([0, 255]) },
      t: { BOOL: true },
      z: { NULL: true as const },
      l: { L: [{ S: '' }, { M: { deep: { N: '-1e3' } } }] },
      ss: { SS: ['b', 'a'] },
      ns: { NS: ['1.0', '2'] },
      bs: { BS: [new Uint8Array([1])] },
    };
    await db.send(new PutItemCommand({ TableName: 'jobs', Item }));
    const got = await db.send(new GetItemCommand({ TableName: 'jobs', Key: { id: { S: 'all' } } }));
    expect(got.Item).toEqual({
      ...Item,
      n: { N: '1.5' },
      l: { L: [{ S: '' }, { M: { deep: { N: '-1000' } } }] },
      ns: { NS: ['1', '2'] },
    });
  });

  it('updates by expression and answers the attributes asked for', async () => {
    await db.send(
      new PutItemCommand({ TableName: 'jobs', Item: { id: { S: 'u' }, status: { S: 'pending' } } }),
    );
    const updated = await db.send(
      new UpdateItemCommand({
        TableName: 'jobs',
        Key: { id: { S: 'u' } },
        UpdateExpression: 'SET #s = :done, tries = if_not_exists(tries, :zero) + :one',
        ConditionExpression: '#s IN (:pending, :running)',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':done': { S: 'completed' },
          ':pending': { S: 'pending' },
          ':running': { S: 'running' },
          ':zero': { N: '0' },
          ':one': { N: '1' },
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(updated.Attributes).toEqual({ status: { S: 'completed' }, tries: { N: '1' } });
  });

  it('refuses a write whose condition fails, and shows the item when asked', async () => {
    await db.send(new PutItemCommand({ TableName: 'jobs', Item: { id: { S: 'c' } } }));
    await expect(
      db.send(
        new PutItemCommand({
          TableName: 'jobs',
          Item: { id: { S: 'c' }, other: { S: 'x' } },
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { id: { S: 'c' } },
    });
  });

  it('describes an active table', async () => {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: 'jobs' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
  });
});
