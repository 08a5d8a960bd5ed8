/** What DynamoDB refuses and what it takes: sizes, names, depths, throughput, the order of complaints. */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let db: DynamoDBClient;
beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
  await create('limits');
  await create('__proto__');
});
afterAll(() => cloud.dispose());

const create = (TableName: string, more: Partial<CreateTableCommandInput> = {}) =>
  db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ...more,
    }),
  );

const put = (item: Record<string, AttributeValue>, TableName = 'limits') =>
  db.send(new PutItemCommand({ TableName, Item: { id: { S: '1' }, ...item } }));

class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }
  digest = async () => new Uint8Array(this.#hash.digest());
}

const bytes = (data: string | ArrayBuffer | ArrayBufferView): string | Uint8Array =>
  typeof data === 'string'
    ? data
    : ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);

/** The answer to a body as it stands. */
async function raw(operation: string, body: string): Promise<string> {
  const { hostname, port } = new URL(cloud.endpoint);
  const signer = new SignatureV4({
    credentials: cloud.credentials,
    region: cloud.region,
    service: 'dynamodb',
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    path: '/',
    headers: {
      host: `${hostname}:${port}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body,
  });
  return (await fetch(cloud.endpoint, { method: 'POST', headers, body })).text();
}

const refused = (message: string | RegExp) => ({
  name: 'ValidationException',
  message: typeof message === 'string' ? message : expect.stringMatching(message),
});

const repeat = (text: string, times: number) => text.repeat(times);

describe('expressions', () => {
  const filter = (FilterExpression: string) =>
    db.send(
      new ScanCommand({
        TableName: 'limits',
        FilterExpression,
        ...(FilterExpression.includes(':v') ? { ExpressionAttributeValues: { ':v': { N: '1' } } } : {}),
      }),
    );

  it.each<readonly [string, string, string]>([
    [
      'longer than 4 KB',
      `a = :v${repeat(' ', 4091)}`,
      'Expression size has exceeded the maximum allowed size; expression size: 4097',
    ],
    ['of 4,000 open parentheses', repeat('(', 4000), 'The expression has redundant parentheses;'],
    [
      'of 2,000 closed parentheses',
      `${repeat('(', 2000)}a=b${repeat(')', 2000)}`,
      'The expression has redundant parentheses;',
    ],
    [
      'with 301 operators',
      `a<b${repeat(' or (a<b', 150)}${repeat(')', 150)}`,
      'The expression contains too many operators; operator count: 301',
    ],
    [
      'with 1,000 NOTs',
      `${repeat('not ', 1000)}a<b`,
      'The expression contains too many operators; operator count: 301',
    ],
    [
      'with functions in functions',
      `a<${repeat('size(', 600)}b${repeat(')', 600)}`,
      'The function is not allowed to be used this way in an expression; function: size',
    ],
    [
      'with a path of 33 levels',
      `attribute_exists(a${repeat('.b', 32)})`,
      'The document path has too many nesting levels; nesting levels: 33',
    ],
    [
      'with an index out of range',
      'a[99999999999] = :v',
      'List index is not within the allowable range; index: [99999999999]',
    ],
    ['with a reserved word', 'abort = :v', 'Attribute name is a reserved keyword; reserved keyword: abort'],
    ['with a reserved word and wrong syntax', 'abort = ', 'Syntax error; token: "<EOF>", near: "= "'],
    ['with a name that begins with _', '_a = :v', 'Syntax error; token: "_", near: "_a"'],
  ])('are refused %s', async (_, text, message) => {
    await expect(filter(text)).rejects.toMatchObject(
      refused(`Invalid FilterExpression: ${message}`.replace('near: "= "', 'near: "="')),
    );
  });

  it.each([
    `a = :v${repeat(' ', 4090)}`,
    `a<b${repeat(' or (a<b', 149)}${repeat(')', 149)}`,
    `attribute_exists(a${repeat('.b', 31)})`,
  ])('are taken at the limit: %.20s…', async (text) => {
    await filter(text);
  });

  it('are judged before the table is looked for', async () => {
    const nowhere = { TableName: 'nowhere', Key: { id: { S: '1' } } };
    await expect(
      db.send(new UpdateItemCommand({ ...nowhere, UpdateExpression: 'SET' })),
    ).rejects.toMatchObject(refused(/^Invalid UpdateExpression: Syntax error/));
    await expect(db.send(new GetItemCommand({ ...nowhere, ProjectionExpression: '' }))).rejects.toMatchObject(
      refused('Invalid ProjectionExpression: The expression can not be empty;'),
    );
    await expect(put({ n: { N: 'x' } }, 'nowhere')).rejects.toMatchObject(
      refused('The parameter cannot be converted to a numeric value: x'),
    );
    await expect(db.send(new GetItemCommand(nowhere))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

const nested = (levels: number): AttributeValue => {
  let value: AttributeValue = { S: 'x' };
  for (let i = 1; i < levels; i++) value = { M: { a: value } };
  return value;
};

describe('values', () => {
  it.each<readonly [string, Record<string, AttributeValue>, string]>([
    ['an empty name', { '': { S: 'x' } }, 'One or more parameter values were invalid: Empty attribute name'],
    [
      'an empty name inside',
      { m: { M: { '': { S: 'x' } } } },
      'One or more parameter values were invalid: Empty attribute name',
    ],
    [
      'a name of 65,536 bytes',
      { [repeat('é', 32_768)]: { S: 'x' } },
      'One or more parameter values were invalid: Attribute name is too large, must be less than 65536 bytes',
    ],
    [
      '33 levels',
      { m: nested(33) },
      'Nesting Levels have exceeded supported limits: Attributes can be nested up to 32 levels deep',
    ],
    [
      '200 levels',
      { m: nested(200) },
      'Nesting Levels have exceeded supported limits: Attributes can be nested up to 32 levels deep',
    ],
    [
      'no type',
      { m: {} as never },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'two types',
      { m: { S: 'x', N: '1' } as never },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
    [
      '39 digits',
      { n: { N: repeat('1', 39) } },
      'Attempting to store more than 38 significant digits in a Number',
    ],
    [
      'a magnitude too large',
      { n: { N: '1e126' } },
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    ],
    [
      'an empty set',
      { s: { SS: [] } },
      'One or more parameter values were invalid: An string set  may not be empty',
    ],
    [
      'an unknown type',
      { m: { dog: 'x' } as never },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      'two types of which one is wrong in itself',
      { m: { S: 'x', N: 'y' } as never },
      'The parameter cannot be converted to a numeric value: y',
    ],
    ['a set with a number twice', { s: { NS: ['1', '1.0'] } }, 'Input collection contains duplicates'],
    [
      'a size over 400 KB',
      { s: { S: repeat('x', 409_600) } },
      'Item size has exceeded the maximum allowed size',
    ],
  ])('are refused with %s', async (_, item, message) => {
    await expect(put(item)).rejects.toMatchObject(refused(message));
  });

  // The SDK's own reader loses __proto__: these go as JSON.
  it.each([
    '"__proto__":{"S":"x"}',
    '"toString":{"S":"x"},"constructor":{"M":{"__proto__":{"L":[{"M":{"__proto__":{"B":"AQ=="}}}]}}}',
    '"valueOf":{"L":[{"NULL":true},{"BOOL":false},{"SS":["b","a"]}]}',
  ])('come back as they went in: %s', async (attributes) => {
    const item = `{"id":{"S":"1"},${attributes}}`;
    const name = attributes.split('"')[1];
    const key = '"TableName":"limits","Key":{"id":{"S":"1"}}';
    expect(await raw('PutItem', `{"TableName":"limits","Item":${item}}`)).toBe('{}');
    expect(await raw('GetItem', `{${key}}`)).toBe(`{"Item":${item}}`);
    expect(
      await raw(
        'UpdateItem',
        `{${key},"UpdateExpression":"SET #n = #n","ExpressionAttributeNames":{"#n":"${name}"},"ReturnValues":"ALL_NEW"}`,
      ),
    ).toBe(`{"Attributes":${item}}`);
    expect(
      await raw(
        'GetItem',
        `{${key},"ProjectionExpression":"#n","ExpressionAttributeNames":{"#n":"${name}"}}`,
      ),
    ).toMatch(new RegExp(`^{"Item":{"${name}":[^]+}}$`));
  });

  it('are taken with 32 levels and with names of 65,535 bytes', async () => {
    await put({ m: nested(32), [repeat('x', 65_535)]: { N: '1' } });
  });

  it('that JSON cannot hold as base64 are refused', async () => {
    for (const B of ['abc', 'ab=c', 'a$cd', 'abc-', 'YX==']) {
      const broken = put({ b: { B } as never });
      await expect(broken, B).rejects.toMatchObject({ name: 'SerializationException' });
    }
  });

  it('of keys may be 2,048 and 1,024 bytes of two-byte letters', async () => {
    await create('keys', {
      AttributeDefinitions: [
        { AttributeName: 'toString', AttributeType: 'S' },
        { AttributeName: 'constructor', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'toString', KeyType: 'HASH' },
        { AttributeName: 'constructor', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: '__proto__',
          KeySchema: [{ AttributeName: 'constructor', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
    const Item = { toString: { S: repeat('é', 1024) }, constructor: { S: repeat('é', 512) } };
    const write = (item: Record<string, AttributeValue>) =>
      db.send(new PutItemCommand({ TableName: 'keys', Item: item }));
    await write(Item);
    const found = await db.send(
      new QueryCommand({
        TableName: 'keys',
        IndexName: '__proto__',
        KeyConditionExpression: '#c = :c',
        ExpressionAttributeNames: { '#c': 'constructor' },
        ExpressionAttributeValues: { ':c': Item.constructor },
        ReturnConsumedCapacity: 'INDEXES',
      }),
    );
    expect(found.Items).toEqual([Item]);
    await expect(write({ ...Item, constructor: { S: repeat('é', 513) } })).rejects.toMatchObject(
      refused(/size limit of 1024 bytes/),
    );
    await expect(write({ toString: Item.toString } as never)).rejects.toMatchObject(
      refused('One or more parameter values were invalid: Missing the key constructor in the item'),
    );
  });

  it('lie in tables of any name', async () => {
    await put({}, '__proto__');
    expect(await raw('BatchGetItem', '{"RequestItems":{"__proto__":{"Keys":[{"id":{"S":"1"}}]}}}')).toBe(
      '{"Responses":{"__proto__":[{"id":{"S":"1"}}]},"UnprocessedKeys":{}}',
    );
  });
});

describe('transactions', () => {
  const puts = (...items: Record<string, AttributeValue>[]) =>
    items.map((Item) => ({ Put: { TableName: 'limits', Item } }));

  it('are refused over 4 MB', async () => {
    const items = Array.from({ length: 12 }, (_, i) => ({
      id: { S: `${i}` },
      s: { S: repeat('x', 390_000) },
    }));
    await expect(
      db.send(new TransactWriteItemsCommand({ TransactItems: puts(...items) })),
    ).rejects.toMatchObject(refused('Transaction payload size cannot exceed 4 MB'));
  });

  it('name a key of the wrong type as the reason', async () => {
    await expect(
      db.send(new TransactWriteItemsCommand({ TransactItems: puts({ id: { S: 'a' } }, { id: { N: '1' } }) })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ValidationError',
          Message:
            'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N',
        },
      ],
    });
  });

  it('with a token are the same in whatever order attributes stand, and not with others', async () => {
    const send = (Item: Record<string, AttributeValue>) =>
      db.send(new TransactWriteItemsCommand({ ClientRequestToken: 'once', TransactItems: puts(Item) }));
    await send({ id: { S: 't' }, a: { S: '1' }, m: { M: { x: { SS: ['p', 'q'] }, y: { N: '1' } } } });
    await send({ m: { M: { y: { N: '1' }, x: { SS: ['q', 'p'] } } }, a: { S: '1' }, id: { S: 't' } });
    await expect(send({ id: { S: 't' }, a: { S: '2' } })).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });
});

describe('throughput', () => {
  const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  const big = { S: repeat('x', 31_000) };

  it('that is provisioned lasts for 300 seconds of burst and comes back with time', async () => {
    await create('slow', { BillingMode: 'PROVISIONED', ProvisionedThroughput });
    const write = () => put({ big }, 'slow');
    for (let i = 0; i < 10; i++) await write();
    await expect(write()).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
      message:
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
    });
    await cloud.clock.advance(11_000);
    await write();
    await expect(write()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    // Reads have units of their own.
    await db.send(new GetItemCommand({ TableName: 'slow', Key: { id: { S: '1' } } }));
    await expect(
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Delete: { TableName: 'slow', Key: { id: { S: '1' } } } }],
        }),
      ),
    ).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'ProvisionedThroughputExceeded' }],
    });
  });

  it('that a batch lacks hands the rest back', async () => {
    await create('batches', { BillingMode: 'PROVISIONED', ProvisionedThroughput });
    const send = () =>
      db.send(
        new BatchWriteItemCommand({
          RequestItems: {
            batches: Array.from({ length: 12 }, (_, i) => ({
              PutRequest: { Item: { id: { S: `${i}` }, big } },
            })),
          },
        }),
      );
    expect((await send()).UnprocessedItems?.batches).toHaveLength(2);
    await expect(send()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });

  it('of on-demand tables ends at the maximum that was set', async () => {
    await create('capped', { OnDemandThroughput: { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 1 } });
    for (let i = 0; i < 10; i++) await put({ big }, 'capped');
    await expect(put({}, 'capped')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('is described as warm as AWS has it', async () => {
    const warm = async (TableName: string) =>
      (await db.send(new DescribeTableCommand({ TableName }))).Table?.WarmThroughput;
    expect(await warm('limits')).toEqual({
      ReadUnitsPerSecond: 12_000,
      WriteUnitsPerSecond: 4000,
      Status: 'ACTIVE',
    });
    expect(await warm('slow')).toEqual({ ReadUnitsPerSecond: 1, WriteUnitsPerSecond: 1, Status: 'ACTIVE' });
  });
});
