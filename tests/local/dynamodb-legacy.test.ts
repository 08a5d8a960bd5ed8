/** Parameters from before expressions: conditions and updates as data, sent by the SDK. */
import {
  type AttributeValue,
  type AttributeValueUpdate,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  type ExpectedAttributeValue,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

const TableName = 'old';
const Key = { id: { S: '1' }, at: { N: '1' } };
const item: Record<string, AttributeValue> = {
  ...Key,
  n: { N: '5' },
  s: { S: 'hello' },
  tags: { SS: ['a', 'b'] },
  list: { L: [{ N: '1' }] },
};
let cloud: TestCloud;
let db: DynamoDBClient;

beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
    }),
  );
});
afterAll(() => cloud.dispose());

const put = (Item: Record<string, AttributeValue>) => db.send(new PutItemCommand({ TableName, Item }));
const read = async () => (await db.send(new GetItemCommand({ TableName, Key }))).Item;

type Values = NonNullable<ExpectedAttributeValue['AttributeValueList']>;

/** Attribute, operator, values; does the item above meet it? */
const conditions: readonly (readonly [
  string,
  ExpectedAttributeValue['ComparisonOperator'],
  Values,
  boolean,
])[] = [
  ['n', 'EQ', [{ N: '5.0' }], true],
  ['n', 'EQ', [{ S: '5' }], false],
  ['tags', 'EQ', [{ SS: ['b', 'a'] }], true],
  ['n', 'NE', [{ N: '5' }], false],
  ['gone', 'NE', [{ N: '5' }], true],
  ['n', 'LT', [{ N: '6' }], true],
  ['n', 'LE', [{ N: '4' }], false],
  ['n', 'GT', [{ N: '4' }], true],
  ['s', 'GE', [{ S: 'hellp' }], false],
  ['list', 'LT', [{ N: '4' }], false],
  ['n', 'BETWEEN', [{ N: '5' }, { N: '9' }], true],
  ['n', 'IN', [{ N: '1' }, { N: '5' }], true],
  ['s', 'BEGINS_WITH', [{ S: 'hell' }], true],
  ['s', 'CONTAINS', [{ S: 'ell' }], true],
  ['tags', 'CONTAINS', [{ S: 'c' }], false],
  ['list', 'CONTAINS', [{ N: '1' }], true],
  ['tags', 'NOT_CONTAINS', [{ S: 'c' }], true],
  ['gone', 'NOT_CONTAINS', [{ S: 'c' }], false],
  ['s', 'NULL', [], false],
  ['gone', 'NULL', [], true],
  ['s', 'NOT_NULL', [], true],
];

describe('conditions from before expressions', () => {
  it.each(conditions)('%s %s %j: %s', async (name, ComparisonOperator, AttributeValueList, holds) => {
    await put(item);
    const condition = { ComparisonOperator, AttributeValueList };
    const written = db.send(new PutItemCommand({ TableName, Item: item, Expected: { [name]: condition } }));
    if (holds) await written;
    else await expect(written).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    const scanned = await db.send(
      new ScanCommand({ TableName, ScanFilter: { [name]: { ...condition, ComparisonOperator } } }),
    );
    expect(scanned.Count).toBe(holds ? 1 : 0);
    expect(scanned.ScannedCount).toBe(1);
  });

  it('join by AND unless OR is asked for', async () => {
    await put(item);
    const Expected = { n: { Value: { N: '5' } }, s: { Exists: false } };
    const gone = { TableName, Key, Expected };
    await expect(db.send(new DeleteItemCommand(gone))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    await db.send(new DeleteItemCommand({ ...gone, ConditionalOperator: 'OR' }));
    expect(await read()).toBeUndefined();
  });
});

/** Given the item above (or none), what updates make of its attributes; null where gone. */
const updates: readonly (readonly [
  Record<string, AttributeValueUpdate>,
  Record<string, AttributeValue | null>,
])[] = [
  [{ s: { Value: { S: 'x' } } }, { s: { S: 'x' } }],
  [{ n: { Action: 'ADD', Value: { N: '-1' } } }, { n: { N: '4' } }],
  [{ fresh: { Action: 'ADD', Value: { N: '3' } } }, { fresh: { N: '3' } }],
  [{ list: { Action: 'ADD', Value: { L: [{ S: 'z' }] } } }, { list: { L: [{ N: '1' }, { S: 'z' }] } }],
  [{ tags: { Action: 'DELETE', Value: { SS: ['a'] } } }, { tags: { SS: ['b'] } }],
  [{ tags: { Action: 'DELETE', Value: { SS: ['a', 'b'] } } }, { tags: null }],
  [{ s: { Action: 'DELETE' } }, { s: null }],
  [{ 'a.b[0]': { Value: { S: 'x' } } }, { 'a.b[0]': { S: 'x' } }],
];

describe('AttributeUpdates', () => {
  it.each(updates)('%j give %j', async (AttributeUpdates, changes) => {
    await put(item);
    const { Attributes } = await db.send(
      new UpdateItemCommand({ TableName, Key, AttributeUpdates, ReturnValues: 'ALL_NEW' }),
    );
    expect(Attributes).toEqual(
      Object.fromEntries(Object.entries({ ...item, ...changes }).filter(([, value]) => value !== null)),
    );
  });

  it.each([
    [{ AttributeUpdates: { a: { Action: 'DELETE' as const } } }, undefined],
    [{ UpdateExpression: 'REMOVE a, b.c, d[1]' }, undefined],
    [{ AttributeUpdates: {} }, Key],
    [{}, Key],
  ])('%j on a missing key leaves %j', async (update, left) => {
    await db.send(new DeleteItemCommand({ TableName, Key }));
    await db.send(new UpdateItemCommand({ TableName, Key, ...update }));
    expect(await read()).toEqual(left);
  });
});

const query: QueryCommandInput = {
  TableName,
  KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: '1' }] } },
};

describe('a query with KeyConditions', () => {
  it('finds the partition and the range, filters and cuts to attributes', async () => {
    for (const at of ['1', '2', '3']) await put({ ...item, at: { N: at }, n: { N: at } });
    const found = await db.send(
      new QueryCommand({
        ...query,
        KeyConditions: {
          ...query.KeyConditions,
          at: { ComparisonOperator: 'GE', AttributeValueList: [{ N: '2' }] },
        },
        QueryFilter: { n: { ComparisonOperator: 'NE', AttributeValueList: [{ N: '3' }] } },
        AttributesToGet: ['at', 'n'],
      }),
    );
    expect(found).toMatchObject({ Count: 1, ScannedCount: 2, Items: [{ at: { N: '2' }, n: { N: '2' } }] });
  });

  it.each<readonly [Partial<QueryCommandInput>, string]>([
    [
      { KeyConditions: { id: { ComparisonOperator: 'NE', AttributeValueList: [{ S: '1' }] } } },
      'Attempted conditional constraint is not an indexable operation',
    ],
    [
      { KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [{ N: '1' }] } } },
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    ],
    [
      { KeyConditions: { id: { ComparisonOperator: 'EQ', AttributeValueList: [] } } },
      'One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator',
    ],
    [
      { QueryFilter: { id: { ComparisonOperator: 'NOT_NULL' } } },
      'QueryFilter can only contain non-primary key attributes: Primary key attribute: id',
    ],
    [
      { AttributesToGet: ['n', 'n'] },
      'One or more parameter values were invalid: Duplicate value in attribute name: n',
    ],
    [
      { AttributesToGet: ['n'], ProjectionExpression: 'n' },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
    ],
    [{ ConditionalOperator: 'OR' }, 'ConditionalOperator cannot be used without Filter or Expected'],
    [{ KeyConditions: {} }, 'Conditions can be of length 1 or 2 only'],
  ])('is refused with %j', async (part, message) => {
    await expect(db.send(new QueryCommand({ ...query, ...part }))).rejects.toMatchObject({
      name: 'ValidationException',
      message,
    });
  });
});
