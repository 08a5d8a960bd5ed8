/** Tables over their life: indexes, expiry, settings, permissions, restarts, CloudFormation. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateContinuousBackupsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsError, ResourceRequest, ResourceType } from '../../src/local/service.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let db: DynamoDBClient;
beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
});
afterAll(() => cloud.dispose());

const orders = (TableName: string) =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['customer', 'order', 'state', 'day'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S' as const,
    })),
    KeySchema: [
      { AttributeName: 'customer', KeyType: 'HASH' },
      { AttributeName: 'order', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-state',
        KeySchema: [
          { AttributeName: 'state', KeyType: 'HASH' },
          { AttributeName: 'day', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'by-day',
        KeySchema: [
          { AttributeName: 'customer', KeyType: 'HASH' },
          { AttributeName: 'day', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });

const order = (customer: string, id: string, more: Record<string, string> = {}) => ({
  customer: { S: customer },
  order: { S: id },
  ...Object.fromEntries(Object.entries(more).map(([name, S]) => [name, { S }])),
});

const put = (TableName: string, Item: Record<string, AttributeValue>) =>
  db.send(new PutItemCommand({ TableName, Item }));

describe('secondary indexes', () => {
  beforeAll(async () => {
    await db.send(orders('orders'));
    await put('orders', order('ann', '1', { state: 'open', day: '2', total: '10', note: 'n' }));
    await put('orders', order('ann', '2', { state: 'open', day: '1', total: '20', note: 'm' }));
    await put('orders', order('bob', '3', { state: 'shut', day: '3' }));
    await put('orders', order('bob', '4'));
  });

  it('hold what they project, in the order of their own sort key', async () => {
    const found = await db.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'by-state',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': { S: 'open' } },
      }),
    );
    expect(found.Items).toEqual([
      order('ann', '2', { state: 'open', day: '1', total: '20' }),
      order('ann', '1', { state: 'open', day: '2', total: '10' }),
    ]);
  });

  it('follow an update that moves the item', async () => {
    await put('orders', order('cy', '5', { state: 'new', day: '1' }));
    const moved = await db.send(
      new UpdateItemCommand({
        TableName: 'orders',
        Key: order('cy', '5'),
        UpdateExpression: 'SET #s = :s',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': { S: 'old' } },
        ReturnConsumedCapacity: 'INDEXES',
        ReturnItemCollectionMetrics: 'SIZE',
      }),
    );
    // A changed key is a delete and a put.
    expect(moved.ConsumedCapacity).toMatchObject({
      CapacityUnits: 3,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { 'by-state': { CapacityUnits: 2 } },
    });
    expect(moved.ItemCollectionMetrics?.ItemCollectionKey).toEqual({ customer: { S: 'cy' } });
    const scan = await db.send(new ScanCommand({ TableName: 'orders', IndexName: 'by-state' }));
    expect(scan.Items?.find((item) => item.customer?.S === 'cy')?.state).toEqual({ S: 'old' });
  });

  it('refuse consistent reads and attributes they do not hold, when global', async () => {
    const base = {
      TableName: 'orders',
      IndexName: 'by-state',
      KeyConditionExpression: '#s = :s',
      ExpressionAttributeNames: { '#s': 'state' },
      ExpressionAttributeValues: { ':s': { S: 'open' } },
    };
    await expect(db.send(new QueryCommand({ ...base, ConsistentRead: true }))).rejects.toMatchObject({
      message: 'Consistent reads are not supported on global secondary indexes',
    });
    await expect(db.send(new QueryCommand({ ...base, Select: 'ALL_ATTRIBUTES' }))).rejects.toMatchObject({
      message:
        'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-state because its projection type is not ALL',
    });
  });

  it('fetch the rest from the table, when local', async () => {
    const { Items, ConsumedCapacity } = await db.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'by-day',
        KeyConditionExpression: 'customer = :c AND #d > :d',
        ExpressionAttributeNames: { '#d': 'day' },
        ExpressionAttributeValues: { ':c': { S: 'ann' }, ':d': { S: '1' } },
        Select: 'ALL_ATTRIBUTES',
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    expect(Items).toEqual([order('ann', '1', { state: 'open', day: '2', total: '10', note: 'n' })]);
    expect(ConsumedCapacity).toMatchObject({
      Table: { CapacityUnits: 0.5 },
      LocalSecondaryIndexes: { 'by-day': { CapacityUnits: 0.5 } },
    });
  });

  it('are filled when they are added later, and gone when removed', async () => {
    await db.send(
      new UpdateTableCommand({
        TableName: 'orders',
        AttributeDefinitions: [{ AttributeName: 'total', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'by-total',
              KeySchema: [{ AttributeName: 'total', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          },
        ],
      }),
    );
    const { Count } = await db.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'by-total',
        KeyConditionExpression: '#t = :t',
        ExpressionAttributeNames: { '#t': 'total' },
        ExpressionAttributeValues: { ':t': { S: '20' } },
      }),
    );
    expect(Count).toBe(1);
    await db.send(
      new UpdateTableCommand({
        TableName: 'orders',
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-total' } }],
      }),
    );
    await expect(
      db.send(new ScanCommand({ TableName: 'orders', IndexName: 'by-total' })),
    ).rejects.toMatchObject({ message: 'The table does not have the specified index: by-total' });
  });

  it('are scanned in disjoint segments that cover everything', async () => {
    const pages = await Promise.all(
      [0, 1, 2].map((Segment) =>
        db.send(new ScanCommand({ TableName: 'orders', Segment, TotalSegments: 3 })),
      ),
    );
    const ids = pages.flatMap((page) => page.Items ?? []).map((item) => item.order?.S);
    expect(ids.sort()).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('batches and transactions', () => {
  beforeAll(() => db.send(orders('bulk')));

  it('write and read many items at once', async () => {
    await db.send(
      new BatchWriteItemCommand({
        RequestItems: {
          bulk: Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: order('many', `${i}`) } })),
        },
      }),
    );
    const got = await db.send(
      new BatchGetItemCommand({
        RequestItems: { bulk: { Keys: [order('many', '3'), order('many', '24'), order('many', 'no')] } },
      }),
    );
    expect(got.Responses?.bulk).toEqual([order('many', '3'), order('many', '24')]);
    await expect(
      db.send(
        new BatchWriteItemCommand({
          RequestItems: {
            bulk: [
              { PutRequest: { Item: order('many', '1') } },
              { DeleteRequest: { Key: order('many', '1') } },
            ],
          },
        }),
      ),
    ).rejects.toMatchObject({ message: 'Provided list of item keys contains duplicates' });
  });

  it('cancel as a whole, with the reason of each item', async () => {
    await put('bulk', order('tx', 'there'));
    const cancelled = await db
      .send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 'bulk', Item: order('tx', 'new') } },
            {
              ConditionCheck: {
                TableName: 'bulk',
                Key: order('tx', 'there'),
                ConditionExpression: 'attribute_not_exists(customer)',
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              },
            },
          ],
        }),
      )
      .catch((error: unknown) => error);
    expect(cancelled).toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: order('tx', 'there'),
        },
      ],
    });
    const { Responses } = await db.send(
      new TransactGetItemsCommand({
        TransactItems: [
          { Get: { TableName: 'bulk', Key: order('tx', 'new') } },
          { Get: { TableName: 'bulk', Key: order('tx', 'there') } },
        ],
      }),
    );
    expect(Responses).toEqual([{}, { Item: order('tx', 'there') }]);
  });

  it('happen once for one token, and refuse it for another request', async () => {
    const add = (by: string) =>
      new TransactWriteItemsCommand({
        ClientRequestToken: 'token-1',
        TransactItems: [
          {
            Update: {
              TableName: 'bulk',
              Key: order('tx', 'counter'),
              UpdateExpression: 'ADD n :n',
              ExpressionAttributeValues: { ':n': { N: by } },
            },
          },
        ],
      });
    await db.send(add('1'));
    await db.send(add('1'));
    await expect(db.send(add('2'))).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    const count = async () =>
      (await db.send(new GetItemCommand({ TableName: 'bulk', Key: order('tx', 'counter') }))).Item?.n;
    expect(await count()).toEqual({ N: '1' });
    await cloud.clock.advance(11 * 60_000);
    await db.send(add('1'));
    expect(await count()).toEqual({ N: '2' });
  });
});

describe('limits', () => {
  beforeAll(() => db.send(orders('limits')));

  it.each([
    [
      'a missing key',
      { customer: { S: 'x' } },
      'One or more parameter values were invalid: Missing the key order in the item',
    ],
    [
      'a key of another type',
      { ...order('x', 'y'), order: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key order expected: S actual: N',
    ],
    [
      'an empty key',
      order('', 'y'),
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: customer',
    ],
    [
      'an index key of another type',
      { ...order('x', 'y'), state: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for Index Key state Expected: S Actual: N IndexName: by-state',
    ],
    [
      'an item of more than 400 KB',
      order('x', 'y', { big: 'x'.repeat(400 * 1024) }),
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'an empty set',
      { ...order('x', 'y'), s: { SS: [] } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'a set with duplicates',
      { ...order('x', 'y'), s: { SS: ['a', 'a'] } },
      'One or more parameter values were invalid: Input collection [a, a] contains duplicates.',
    ],
    [
      '39 digits',
      { ...order('x', 'y'), n: { N: '1'.repeat(39) } },
      'Attempting to store more than 38 significant digits in a Number',
    ],
    [
      'text as a number',
      { ...order('x', 'y'), n: { N: 'abc' } },
      'The parameter cannot be converted to a numeric value: abc',
    ],
  ])('refuse %s', async (_, Item, message) => {
    await expect(
      db.send(new PutItemCommand({ TableName: 'limits', Item: Item as never })),
    ).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  it('refuse what is not supported by name', async () => {
    await expect(
      db.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM limits' })),
    ).rejects.toMatchObject({ message: expect.stringContaining('dynamodb:ExecuteStatement') });
  });

  it('say that a table is not there in the words of each operation', async () => {
    await expect(
      db.send(new GetItemCommand({ TableName: 'nowhere', Key: order('x', 'y') })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: 'Requested resource not found' });
    await expect(db.send(new DescribeTableCommand({ TableName: 'nowhere' }))).rejects.toMatchObject({
      message: 'Requested resource not found: Table: nowhere not found',
    });
    await expect(db.send(orders('limits'))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists: limits',
    });
  });

  it('cut pages at 1 MB and go on from there', async () => {
    for (let i = 0; i < 4; i++) await put('limits', order('big', `${i}`, { text: 'x'.repeat(350 * 1024) }));
    const query = {
      TableName: 'limits',
      KeyConditionExpression: 'customer = :c',
      ExpressionAttributeValues: { ':c': { S: 'big' } },
      ReturnConsumedCapacity: 'TOTAL' as const,
    };
    const first = await db.send(new QueryCommand(query));
    expect(first.LastEvaluatedKey).toEqual(order('big', '2'));
    expect(first.ConsumedCapacity?.CapacityUnits).toBe(131.5);
    const rest = await db.send(
      new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey, Select: 'COUNT' }),
    );
    expect(rest.Count).toBe(1);
    expect(rest.Items).toBeUndefined();
    expect(rest.LastEvaluatedKey).toBeUndefined();
  });
});

describe('table settings', () => {
  it('delete items once their time to live has passed', async () => {
    await db.send(orders('mortal'));
    const expiring = (id: string, seconds: number) => ({
      ...order('x', id, { state: 'open', day: '1' }),
      dies: { N: String(Math.floor(cloud.clock.now() / 1000) + seconds) },
    });
    await put('mortal', expiring('before', 60));
    await db.send(
      new UpdateTimeToLiveCommand({
        TableName: 'mortal',
        TimeToLiveSpecification: { AttributeName: 'dies', Enabled: true },
      }),
    );
    await put('mortal', expiring('soon', 60));
    await put('mortal', expiring('later', 86_400));
    await put('mortal', { ...order('x', 'never'), dies: { S: '1' } });
    expect(
      (await db.send(new DescribeTimeToLiveCommand({ TableName: 'mortal' }))).TimeToLiveDescription,
    ).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'dies' });
    await cloud.clock.advance(120_000);
    const ids = async (IndexName?: string) =>
      (await db.send(new ScanCommand({ TableName: 'mortal', IndexName }))).Items?.map((i) => i.order?.S);
    expect(await ids()).toEqual(['later', 'never']);
    expect(await ids('by-state')).toEqual(['later']);
    await cloud.clock.advance(86_400_000);
    expect(await ids()).toEqual(['never']);
  });

  it('keep point-in-time recovery as set', async () => {
    await db.send(orders('backed'));
    await db.send(
      new UpdateContinuousBackupsCommand({
        TableName: 'backed',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const { ContinuousBackupsDescription: described } = await db.send(
      new DescribeContinuousBackupsCommand({ TableName: 'backed' }),
    );
    expect(described?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
    });
  });

  it('protect a table from deletion until switched off', async () => {
    await db.send(orders('kept'));
    await db.send(new UpdateTableCommand({ TableName: 'kept', DeletionProtectionEnabled: true }));
    await expect(db.send(new DeleteTableCommand({ TableName: 'kept' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await db.send(new UpdateTableCommand({ TableName: 'kept', DeletionProtectionEnabled: false }));
    const { TableDescription } = await db.send(new DeleteTableCommand({ TableName: 'kept' }));
    expect(TableDescription?.TableStatus).toBe('DELETING');
    await waitUntilTableNotExists({ client: db, maxWaitTime: 60 }, { TableName: 'kept' });
    expect((await db.send(new ListTablesCommand({}))).TableNames).not.toContain('kept');
  });

  it('bill request units and stored bytes', async () => {
    await db.send(orders('billed'));
    await put('billed', order('x', 'y', { text: 'x'.repeat(1500) }));
    // Bytes are counted on the hour.
    await cloud.clock.advance(7_200_000);
    const used = (usage: string) =>
      cloud.meter
        .totals()
        .filter((total) => total.usage === usage && total.resource?.endsWith('table/billed'))
        .reduce((sum, total) => sum + total.quantity, 0);
    expect(used('write-request-units')).toBe(2);
    expect(used('byte-hours')).toBeGreaterThan(1500);
  });
});

describe('permissions', () => {
  async function as(role: string, statement: object): Promise<DynamoDBClient> {
    const iam = new IAMClient(cloud.client());
    await iam.send(
      new CreateRoleCommand({
        RoleName: role,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: cloud.accountId }, Action: 'sts:AssumeRole' }],
        }),
      }),
    );
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: role,
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    );
    const { Credentials: c } = await new STSClient(cloud.client()).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${cloud.accountId}:role/${role}`,
        RoleSessionName: 'test',
      }),
    );
    return new DynamoDBClient(
      cloud.client({
        accessKeyId: c?.AccessKeyId ?? '',
        secretAccessKey: c?.SecretAccessKey ?? '',
        sessionToken: c?.SessionToken ?? '',
      }),
    );
  }
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/guarded';
  beforeAll(() => db.send(orders('guarded')));

  it('hold a role to its partition keys', async () => {
    const tenant = await as('tenant', {
      Effect: 'Allow',
      Action: ['dynamodb:PutItem', 'dynamodb:Query'],
      Resource: arn,
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine'] } },
    });
    await tenant.send(new PutItemCommand({ TableName: 'guarded', Item: order('mine', '1') }));
    await expect(
      tenant.send(new PutItemCommand({ TableName: 'guarded', Item: order('other', '1') })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(
      tenant.send(
        new QueryCommand({
          TableName: 'guarded',
          KeyConditionExpression: 'customer = :c',
          ExpressionAttributeValues: { ':c': { S: 'other' } },
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('ask for the index when it is read, and for each action of a transaction', async () => {
    const writer = await as('writer', {
      Effect: 'Allow',
      Action: ['dynamodb:PutItem', 'dynamodb:Scan'],
      Resource: arn,
    });
    const denied = await writer
      .send(new ScanCommand({ TableName: 'guarded', IndexName: 'by-state' }))
      .catch((error: Error) => error);
    expect((denied as Error).message).toContain(`dynamodb:Scan on resource: ${arn}/index/by-state`);
    const transaction = await writer
      .send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 'guarded', Item: order('a', '1') } },
            { Delete: { TableName: 'guarded', Key: order('a', '2') } },
          ],
        }),
      )
      .catch((error: Error) => error);
    expect((transaction as Error).message).toContain(`dynamodb:DeleteItem on resource: ${arn}`);
  });

  it('follow the policy of the table itself', async () => {
    const reader = await as('reader', { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' });
    await db.send(
      new PutResourcePolicyCommand({
        ResourceArn: arn,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: `arn:aws:iam::${cloud.accountId}:role/reader` },
              Action: 'dynamodb:GetItem',
              Resource: arn,
            },
          ],
        }),
      }),
    );
    await expect(
      reader.send(new GetItemCommand({ TableName: arn, Key: order('mine', '1') })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(
      (await db.send(new GetItemCommand({ TableName: arn, Key: order('mine', '1') }))).Item,
    ).toBeDefined();
  });
});

describe('a restart', () => {
  it('brings tables, items, indexes and pending expiry back', async () => {
    const first = await testCloud();
    const client = new DynamoDBClient(first.client());
    await client.send(orders('durable'));
    const dies = { N: String(Math.floor(first.clock.now() / 1000) + 3600) };
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: 'durable',
        TimeToLiveSpecification: { AttributeName: 'dies', Enabled: true },
      }),
    );
    const Item = { ...order('x', 'y', { state: 'open', day: '1' }), dies };
    await client.send(new PutItemCommand({ TableName: 'durable', Item }));
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    const again = new DynamoDBClient(second.client());
    const scan = () => again.send(new ScanCommand({ TableName: 'durable', IndexName: 'by-state' }));
    expect((await scan()).Count).toBe(1);
    expect(
      (await again.send(new GetItemCommand({ TableName: 'durable', Key: order('x', 'y') }))).Item,
    ).toEqual(Item);
    await second.clock.advance(3_700_000);
    expect((await scan()).Count).toBe(0);
    await second.dispose();
  });
});

describe('AWS::DynamoDB::Table', () => {
  const keys = {
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'status', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-status',
        KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  };
  const request = (properties: Record<string, unknown>): ResourceRequest => ({
    logicalId: 'Table',
    stackId: `arn:aws:cloudformation:us-east-1:${cloud.accountId}:stack/s/1`,
    stackName: 's',
    properties,
    tags: {
      team: 'a',
      ...Object.fromEntries(
        ((properties.Tags ?? []) as { Key: string; Value: string }[]).map((one) => [one.Key, one.Value]),
      ),
    },
    invoke: cloud.invoke,
    resourcesOf: () => [],
    uniqueName: () => 's-Table-1',
    progress: () => {},
    signal: new AbortController().signal,
  });
  const type = async (name: string): Promise<ResourceType> => {
    const found = (await cloud.load('dynamodb')).service.resourceTypes?.find((one) => one.type === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };

  it('is created with its settings, updated in place and deleted', async () => {
    const table = await type('AWS::DynamoDB::Table');
    const before = {
      ...keys,
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      Tags: [{ Key: 'stage', Value: 'dev' }],
    };
    const made = await table.create(request(before));
    expect(made.physicalId).toBe('s-Table-1');
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/s-Table-1';
    expect(made.attributes.Arn).toBe(arn);
    const tags = await db.send(new ListTagsOfResourceCommand({ ResourceArn: arn }));
    expect(tags.Tags).toEqual([
      { Key: 'team', Value: 'a' },
      { Key: 'stage', Value: 'dev' },
    ]);
    const after = {
      AttributeDefinitions: keys.AttributeDefinitions.slice(0, 1),
      KeySchema: keys.KeySchema,
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 3 },
    };
    await table.update?.({
      ...request(after),
      physicalId: made.physicalId,
      previous: before,
      previousTags: request(before).tags,
      previousAttributes: made.attributes,
    });
    const { Table } = await db.send(new DescribeTableCommand({ TableName: 's-Table-1' }));
    expect(Table?.GlobalSecondaryIndexes).toBeUndefined();
    expect(Table?.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 2, WriteCapacityUnits: 3 });
    const ttl = await db.send(new DescribeTimeToLiveCommand({ TableName: 's-Table-1' }));
    expect(ttl.TimeToLiveDescription?.TimeToLiveStatus).toBe('DISABLED');
    const gone = { ...request(after), physicalId: made.physicalId, attributes: made.attributes };
    await table.delete(gone);
    expect(table.gone).toContain(
      await table.delete(gone).catch((error: unknown) => (error as AwsError).code),
    );
    expect((await db.send(new ListTablesCommand({}))).TableNames).not.toContain('s-Table-1');
  });

  it('is a global table too, of one replica in this region', async () => {
    const table = await type('AWS::DynamoDB::GlobalTable');
    const properties = {
      ...keys,
      TableName: 'global',
      BillingMode: 'PAY_PER_REQUEST',
      Replicas: [
        { Region: 'us-east-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ],
    };
    const made = await table.create(request(properties));
    expect(made.attributes.TableId).toMatch(/^[0-9a-f-]{36}$/);
    await expect(
      table.create(request({ ...properties, Replicas: [...properties.Replicas, { Region: 'eu-west-1' }] })),
    ).rejects.toThrow('replicas in other regions than us-east-1');
    const settings = { ...keys.GlobalSecondaryIndexes[0], WriteOnDemandThroughputSettings: {} };
    await expect(
      table.create(request({ ...properties, TableName: 'other', GlobalSecondaryIndexes: [settings] })),
    ).rejects.toThrow('GlobalSecondaryIndexes[].WriteOnDemandThroughputSettings');
    await table.delete({ ...request(properties), physicalId: 'global', attributes: made.attributes });
  });
});
