/** What must hold for any input: number order, operations against a plain model, pages against the whole. */
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sortOf } from '../../src/local/services/dynamodb/values/key-encoding.ts';
import {
  addNumbers,
  compareNumbers,
  normaliseNumber,
  subtractNumbers,
} from '../../src/local/services/dynamodb/values/number.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let db: DynamoDBClient;
let tables = 0;
beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
});
afterAll(() => cloud.dispose());

async function freshTable(sortType: 'S' | 'N' | 'B'): Promise<string> {
  const TableName = `table-${++tables}`;
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'p', AttributeType: 'S' },
        { AttributeName: 'q', AttributeType: sortType },
        { AttributeName: 'g', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'p', KeyType: 'HASH' },
        { AttributeName: 'q', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-g',
          KeySchema: [
            { AttributeName: 'p', KeyType: 'HASH' },
            { AttributeName: 'g', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  return TableName;
}

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }), fc.integer({ min: -60, max: 60 }))
  .map(([negative, digits, exponent]) => `${negative ? '-' : ''}${digits}e${exponent}`);

/** Exact, as a fraction of 10^100. */
const exact = (text: string) => {
  const [digits = '0', exponent = '0'] = text.split('e');
  return BigInt(digits) * 10n ** BigInt(100 + Number(exponent));
};

const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

describe('numbers', () => {
  it('are ordered by their key text as by their value', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const wanted = order(exact(a), exact(b));
        const [x, y] = [sortOf({ N: a }), sortOf({ N: b })];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(wanted);
        expect(compareNumbers(a, b)).toBe(wanted);
      }),
    );
  });

  it('keep their value when normalised, and are normalised once', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const once = normaliseNumber(text);
        expect(normaliseNumber(once)).toBe(once);
        expect(compareNumbers(once, text)).toBe(0);
      }),
    );
  });

  it('add and subtract exactly', () => {
    const whole = fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n });
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        expect(addNumbers(String(a), String(b))).toBe(String(a + b));
        expect(subtractNumbers(String(a), String(b))).toBe(String(a - b));
      }),
    );
  });
});

type Row = Record<string, AttributeValue>;

const sortKeys = {
  S: fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }).map((S): AttributeValue => ({ S })),
  N: decimal.map((N): AttributeValue => ({ N: normaliseNumber(N) })),
  B: fc.uint8Array({ minLength: 1, maxLength: 12 }).map((B): AttributeValue => ({ B })),
};

const compareKeys = (a: AttributeValue | undefined, b: AttributeValue | undefined): number =>
  a?.N !== undefined && b?.N !== undefined
    ? compareNumbers(a.N, b.N)
    : Buffer.compare(Buffer.from(a?.S ?? a?.B ?? ''), Buffer.from(b?.S ?? b?.B ?? ''));

describe('pages', () => {
  for (const type of ['S', 'N', 'B'] as const)
    it(`put together are the whole partition in order, for sort keys of type ${type}`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(sortKeys[type], {
            minLength: 1,
            maxLength: 8,
            selector: (key) => JSON.stringify(key),
          }),
          fc.integer({ min: 1, max: 9 }),
          fc.boolean(),
          fc.nat(7),
          async (keys, Limit, forward, at) => {
            const TableName = await freshTable(type);
            for (const q of keys)
              await db.send(new PutItemCommand({ TableName, Item: { p: { S: 'x' }, q } }));
            const sorted = [...keys].sort(compareKeys);
            if (!forward) sorted.reverse();
            const pages = async (input: object): Promise<AttributeValue[]> => {
              const found: AttributeValue[] = [];
              let ExclusiveStartKey: Row | undefined;
              do {
                const page: { Items?: Row[]; LastEvaluatedKey?: Row } = await db.send(
                  new QueryCommand({
                    TableName,
                    Limit,
                    ExclusiveStartKey,
                    ScanIndexForward: forward,
                    ...input,
                  }),
                );
                for (const item of page.Items ?? []) if (item.q) found.push(item.q);
                ExclusiveStartKey = page.LastEvaluatedKey;
              } while (ExclusiveStartKey);
              return found;
            };
            expect(
              await pages({
                KeyConditionExpression: 'p = :p',
                ExpressionAttributeValues: { ':p': { S: 'x' } },
              }),
            ).toEqual(sorted);
            const bound = keys[at % keys.length] ?? { S: '' };
            for (const [operator, keep] of [
              ['<', (c: number) => c < 0],
              ['<=', (c: number) => c <= 0],
              ['>', (c: number) => c > 0],
              ['>=', (c: number) => c >= 0],
            ] as const)
              expect(
                await pages({
                  KeyConditionExpression: `p = :p AND q ${operator} :q`,
                  ExpressionAttributeValues: { ':p': { S: 'x' }, ':q': bound },
                }),
              ).toEqual(sorted.filter((key) => keep(compareKeys(key, bound))));
          },
        ),
        { numRuns: 8 },
      );
    });
});

const step = fc.record({
  kind: fc.constantFrom('put', 'delete', 'update', 'insert', 'transact'),
  q: fc.integer({ min: 0, max: 4 }),
  g: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
});

describe('any sequence of operations', () => {
  it('leaves what a plain model has, in the table and in its index', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const TableName = await freshTable('N');
        const model = new Map<number, Row>();
        for (const { kind, q, g } of steps) {
          const Key = { p: { S: 'x' }, q: { N: String(q) } };
          const Item: Row = { ...Key, ...(g === undefined ? {} : { g: { N: String(g) } }) };
          if (kind === 'put') {
            await db.send(new PutItemCommand({ TableName, Item }));
            model.set(q, Item);
          } else if (kind === 'delete') {
            await db.send(new DeleteItemCommand({ TableName, Key }));
            model.delete(q);
          } else if (kind === 'update') {
            await db.send(
              new UpdateItemCommand({
                TableName,
                Key,
                UpdateExpression: 'ADD g :one',
                ExpressionAttributeValues: { ':one': { N: '1' } },
              }),
            );
            const old = model.get(q) ?? Key;
            model.set(q, { ...old, g: { N: String(Number((old as Row).g?.N ?? 0) + 1) } });
          } else if (kind === 'insert') {
            const inserted = await db
              .send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(p)' }))
              .then(
                () => true,
                () => false,
              );
            expect(inserted).toBe(!model.has(q));
            if (inserted) model.set(q, Item);
          } else {
            const other = { p: { S: 'x' }, q: { N: String(q + 10) } };
            const done = await db
              .send(
                new TransactWriteItemsCommand({
                  TransactItems: [
                    { Put: { TableName, Item: other } },
                    {
                      Delete: { TableName, Key, ConditionExpression: 'attribute_exists(p)' },
                    },
                  ],
                }),
              )
              .then(
                () => true,
                () => false,
              );
            expect(done).toBe(model.has(q));
            if (done) {
              model.set(q + 10, other);
              model.delete(q);
            }
          }
        }
        const all = await db.send(new ScanCommand({ TableName, ConsistentRead: true }));
        const rows = [...model.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
        expect(all.Items).toEqual(rows);
        for (const [q, row] of model) {
          const { Item } = await db.send(
            new GetItemCommand({ TableName, Key: { p: { S: 'x' }, q: { N: String(q) } } }),
          );
          expect(Item).toEqual(row);
        }
        const index = await db.send(new ScanCommand({ TableName, IndexName: 'by-g' }));
        const inIndex = rows.filter((row) => row.g).map((row) => JSON.stringify(sorted(row)));
        expect((index.Items ?? []).map((row) => JSON.stringify(sorted(row))).sort()).toEqual(inIndex.sort());
        const values = (index.Items ?? []).map((row) => Number(row.g?.N));
        expect(values).toEqual([...values].sort((a, b) => a - b));
      }),
      { numRuns: 12 },
    );
  });
});

const sorted = (row: Row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
