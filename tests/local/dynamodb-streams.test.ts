/** Streams of tables: what they hold, how they are read, and the functions that they call. */
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let dynamodb: DynamoDBClient;
let streams: DynamoDBStreamsClient;
let sqs: SQSClient;
let functions: Functions;

beforeAll(async () => {
  cloud = await testCloud();
  dynamodb = new DynamoDBClient(cloud.client());
  streams = new DynamoDBStreamsClient(cloud.client());
  sqs = new SQSClient(cloud.client());
  functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
});
afterAll(() => cloud?.dispose());

async function table(
  TableName: string,
  StreamViewType: 'KEYS_ONLY' | 'NEW_AND_OLD_IMAGES' = 'NEW_AND_OLD_IMAGES',
) {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType },
    }),
  );
  return streamOf(TableName);
}
const streamOf = async (TableName: string) =>
  (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.LatestStreamArn ?? '';
const put = (TableName: string, id: string, n = 1) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, n: { N: String(n) } } }));

async function iterator(
  StreamArn: string,
  type: ShardIteratorType = 'TRIM_HORIZON',
  SequenceNumber?: string,
) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  return (
    await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: type, SequenceNumber }),
    )
  ).ShardIterator;
}
const read = async (ShardIterator: string | undefined, Limit?: number) =>
  streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
const told = (records: readonly _Record[] | undefined) =>
  records?.map(({ eventName, dynamodb: change }) => [
    eventName,
    change?.Keys?.id?.S,
    change?.OldImage?.n?.N,
    change?.NewImage?.n?.N,
  ]);

describe('a stream', () => {
  it('holds every change of an item in order, and none that changed nothing', async () => {
    const arn = await table('orders');
    expect(arn).toMatch(
      /^arn:aws:dynamodb:us-east-1:\d{12}:table\/orders\/stream\/\d{4}-\d\d-\d\dT[\d:]+\.\d{3}$/,
    );
    await put('orders', 'a');
    await put('orders', 'a');
    await put('orders', 'a', 2);
    const key = { TableName: 'orders', Key: { id: { S: 'a' } } };
    await dynamodb.send(
      new UpdateItemCommand({
        ...key,
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: { orders: [{ PutRequest: { Item: { id: { S: 'b' }, n: { N: '7' } } } }] },
      }),
    );
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Delete: key },
          { Put: { TableName: 'orders', Item: { id: { S: 'c' }, n: { N: '8' } } } },
        ],
      }),
    );
    await dynamodb.send(new DeleteItemCommand(key));
    const { Records } = await read(await iterator(arn));
    expect(told(Records)).toEqual([
      ['INSERT', 'a', undefined, '1'],
      ['MODIFY', 'a', '1', '2'],
      ['MODIFY', 'a', '2', '3'],
      ['INSERT', 'b', undefined, '7'],
      ['REMOVE', 'a', '3', undefined],
      ['INSERT', 'c', undefined, '8'],
    ]);
    const numbers = Records?.map((record) => record.dynamodb?.SequenceNumber ?? '') ?? [];
    expect([...numbers].sort()).toEqual(numbers);
    expect(new Set(Records?.map(({ eventID }) => eventID)).size).toBe(6);
    expect(Records?.[0]).toMatchObject({
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      awsRegion: 'us-east-1',
    });
  });

  it('is read in parts, from its beginning, its end or a number, while an iterator is good', async () => {
    const arn = await streamOf('orders');
    const first = await read(await iterator(arn), 2);
    expect(told(first.Records)?.map(([, id]) => id)).toEqual(['a', 'a']);
    expect(told((await read(first.NextShardIterator, 1)).Records)).toEqual([['MODIFY', 'a', '2', '3']]);
    const number = first.Records?.[1]?.dynamodb?.SequenceNumber;
    expect(told((await read(await iterator(arn, 'AT_SEQUENCE_NUMBER', number))).Records)).toHaveLength(5);
    expect(told((await read(await iterator(arn, 'AFTER_SEQUENCE_NUMBER', number))).Records)).toHaveLength(4);
    const latest = await iterator(arn, 'LATEST');
    expect((await read(latest)).Records).toEqual([]);
    await put('orders', 'd');
    expect(told((await read(latest)).Records)).toEqual([['INSERT', 'd', undefined, '1']]);
    await cloud.clock.advance(16 * 60_000);
    await expect(read(latest)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
    await expect(read('nothing')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('shows the keys alone where it was asked to, and says what the time to live deleted', async () => {
    const arn = await table('short', 'KEYS_ONLY');
    await dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: 'short',
        TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
      }),
    );
    const until = String(Math.floor(cloud.clock.now() / 1000) + 60);
    await dynamodb.send(
      new PutItemCommand({ TableName: 'short', Item: { id: { S: 'x' }, until: { N: until } } }),
    );
    await cloud.clock.advance(120_000);
    const { Records } = await read(await iterator(arn));
    expect(Records?.map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE']);
    expect(Records?.[0]?.dynamodb).toMatchObject({ Keys: { id: { S: 'x' } }, StreamViewType: 'KEYS_ONLY' });
    expect(Records?.[0]?.dynamodb?.NewImage).toBeUndefined();
    expect(Records?.[1]?.userIdentity).toEqual({ Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' });
  });

  it('is closed when it is switched off, forgets after a day, and another one takes its place', async () => {
    const first = await table('changing');
    await put('changing', 'a');
    await dynamodb.send(
      new UpdateTableCommand({ TableName: 'changing', StreamSpecification: { StreamEnabled: false } }),
    );
    await put('changing', 'b');
    const closed = await read(await iterator(first));
    expect(told(closed.Records)).toEqual([['INSERT', 'a', undefined, '1']]);
    expect(closed.NextShardIterator).toBeUndefined();
    await dynamodb.send(
      new UpdateTableCommand({
        TableName: 'changing',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    );
    const second = await streamOf('changing');
    expect(second).not.toBe(first);
    await expect(
      dynamodb.send(
        new UpdateTableCommand({
          TableName: 'changing',
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await put('changing', 'c');
    const list = async () =>
      (await streams.send(new ListStreamsCommand({ TableName: 'changing' }))).Streams?.map(
        ({ StreamArn }) => StreamArn,
      );
    expect(await list()).toEqual([first, second]);
    await cloud.clock.advance(26 * 3_600_000);
    expect(await list()).toEqual([second]);
    expect((await read(await iterator(second))).Records).toEqual([]);
  });

  it('is what it was after a restart', async () => {
    const one = await testCloud();
    const client = new DynamoDBClient(one.client());
    await client.send(
      new CreateTableCommand({
        TableName: 'kept',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      }),
    );
    await client.send(new PutItemCommand({ TableName: 'kept', Item: { id: { S: '1' } } }));
    await one.close();
    const two = await testCloud({ stateDirectory: one.stateDirectory });
    const again = new DynamoDBClient(two.client());
    await again.send(new PutItemCommand({ TableName: 'kept', Item: { id: { S: '2' } } }));
    const reader = new DynamoDBStreamsClient(two.client());
    const StreamArn = (await again.send(new DescribeTableCommand({ TableName: 'kept' }))).Table
      ?.LatestStreamArn;
    const ShardId = (await reader.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription
      ?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await reader.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records } = await reader.send(new GetRecordsCommand({ ShardIterator }));
    expect(Records?.map(({ dynamodb: change }) => change?.Keys?.id?.S)).toEqual(['1', '2']);
    await two.dispose();
  });
});

describe('a function on a stream', () => {
  /** Says what it was given into a queue; fails for items whose `n` is negative. */
  const worker = `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const sqs = new SQSClient({});
exports.handler = async (event) => {
  const records = event.Records.map(({ eventName, dynamodb, eventSourceARN }) => ({ eventName, id: dynamodb.Keys.id.S, n: dynamodb.NewImage?.n?.N, arn: eventSourceARN, sequence: dynamodb.SequenceNumber }));
  const bad = records.find(({ n }) => Number(n) < 0);
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: JSON.stringify(records.map(({ id }) => id)) }));
  if (bad && process.env.REPORT) return { batchItemFailures: [{ itemIdentifier: bad.sequence }] };
  if (bad) throw new Error('a negative number');
  return {};
};`;

  async function setUp(
    name: string,
    settings: Partial<CreateEventSourceMappingCommandInput>,
    report = false,
  ) {
    const arn = await table(name);
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    await functions.create(
      name,
      { 'index.js': worker },
      { Environment: { Variables: { QUEUE: QueueUrl, ...(report ? { REPORT: '1' } : {}) } } },
    );
    const { UUID } = await functions.client.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: arn,
        FunctionName: name,
        StartingPosition: 'TRIM_HORIZON',
        ...settings,
      }),
    );
    /** The batches that it was given, until there are so many. */
    const batches = async (count: number): Promise<string[][]> => {
      const found: string[][] = [];
      const end = Date.now() + 25_000;
      while (found.length < count && Date.now() < end) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            WaitTimeSeconds: 1,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: 600,
          }),
        );
        found.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as string[]));
      }
      return found;
    };
    return { arn, UUID, batches };
  }

  beforeAll(async () => {
    await new IAMClient(cloud.client()).send(
      new PutRolePolicyCommand({
        RoleName: 'function-role',
        PolicyName: 'stream',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
              Resource: '*',
            },
            { Effect: 'Allow', Action: ['dynamodb:ListStreams', 'sqs:SendMessage'], Resource: '*' },
          ],
        }),
      }),
    );
  });

  it('is called with what fits its filter, in order', async () => {
    const { UUID, batches } = await setUp('filtered', {
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { NewImage: { n: { N: [{ 'anything-but': '0' }] } } },
            }),
          },
        ],
      },
      BatchSize: 1,
    });
    for (const [id, n] of [
      ['a', 1],
      ['b', 0],
      ['a', 5],
      ['c', 2],
    ] as const)
      await put('filtered', id, n);
    expect(await batches(2)).toEqual([['a'], ['c']]);
    const state = () => functions.client.send(new GetEventSourceMappingCommand({ UUID }));
    await expect.poll(async () => (await state()).LastProcessingResult, { timeout: 20_000 }).toBe('OK');
    expect(await state()).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 1,
      State: 'Enabled',
      MaximumRetryAttempts: -1,
    });
    await functions.client.send(new DeleteEventSourceMappingCommand({ UUID }));
  });

  it('is called again from the record that it says failed, and what fails for good goes to the destination', async () => {
    await sqs.send(new CreateQueueCommand({ QueueName: 'failed' }));
    const { arn, batches } = await setUp(
      'reporting',
      {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 1,
        MaximumBatchingWindowInSeconds: 2,
        DestinationConfig: { OnFailure: { Destination: `arn:aws:sqs:us-east-1:${cloud.accountId}:failed` } },
      },
      true,
    );
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          ['a', 1],
          ['b', -1],
          ['c', 1],
        ].map(([id, n]) => ({
          Put: { TableName: 'reporting', Item: { id: { S: String(id) }, n: { N: String(n) } } },
        })),
      }),
    );
    const given = await batches(3);
    expect(given).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
      ['b', 'c'],
    ]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: `${cloud.endpoint}/${cloud.accountId}/failed`,
        WaitTimeSeconds: 20,
      }),
    );
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted' },
      DDBStreamBatchInfo: { batchSize: 2, streamArn: arn },
    });
  });

  it('splits a batch that fails until the bad record is alone', async () => {
    const { batches } = await setUp('splitting', {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      MaximumBatchingWindowInSeconds: 2,
    });
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          ['a', 1],
          ['b', 1],
          ['c', -1],
          ['d', 1],
        ].map(([id, n]) => ({
          Put: { TableName: 'splitting', Item: { id: { S: String(id) }, n: { N: String(n) } } },
        })),
      }),
    );
    expect(await batches(5)).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['c', 'd'], ['c'], ['d']]);
    await put('splitting', 'e');
    expect(await batches(1)).toEqual([['e']]);
  });

  it('wants a starting position, a role that may read, and nothing that is not here', async () => {
    const arn = await streamOf('orders');
    const create = (more: object) =>
      functions.client.send(
        new CreateEventSourceMappingCommand({ EventSourceArn: arn, FunctionName: 'filtered', ...more }),
      );
    await expect(create({})).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('startingPosition'),
    });
    await expect(create({ StartingPosition: 'LATEST', TumblingWindowInSeconds: 30 })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(create({ StartingPosition: 'LATEST', ParallelizationFactor: 2 })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    const role = await functionRole(cloud, 'reader-of-nothing');
    const other = functionsOf(cloud, role);
    await other.create('blind', { 'index.js': worker });
    await expect(create({ FunctionName: 'blind', StartingPosition: 'LATEST' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('Cannot access stream'),
    });
  });

  it('is made by a template from the table’s attribute', async () => {
    const stacks = deployer(cloud);
    const stack = await stacks.create('streams', {
      Resources: {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
          },
        },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
            FunctionName: 'filtered',
            StartingPosition: 'LATEST',
            BatchSize: 5,
          },
        },
      },
      Outputs: {
        Table: { Value: { Ref: 'Table' } },
        Stream: { Value: { 'Fn::GetAtt': ['Table', 'StreamArn'] } },
      },
    });
    expect(stack.StackStatus, (await stacks.story('streams')).join('\n')).toBe('CREATE_COMPLETE');
    expect(stack.Outputs?.find(({ OutputKey }) => OutputKey === 'Stream')?.OutputValue).toContain('/stream/');
    expect((await stacks.remove('streams')).StackStatus).toBe('DELETE_COMPLETE');
  });
});
