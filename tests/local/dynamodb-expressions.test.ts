/** Given an item and an expression, what comes of it: cases as data, sent by the SDK. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

interface Case {
  readonly condition?: string;
  readonly update?: string;
  readonly projection?: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, AttributeValue>;
  readonly holds?: boolean;
  /** Attributes that are other than before; null where gone. */
  readonly changes?: Record<string, AttributeValue | null>;
  readonly gives?: Record<string, AttributeValue>;
  readonly error?: string;
}

interface CaseFile {
  readonly item: Record<string, AttributeValue>;
  readonly cases: readonly Case[];
}

/** JSON has no bytes: `{"B": "base64"}`. */
const bytes = (key: string, value: unknown) =>
  key === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;

const folder = join(import.meta.dirname, 'dynamodb-cases');
const TableName = 'cases';
const Key = { id: { S: '1' } };
let cloud: TestCloud;
let db: DynamoDBClient;

beforeAll(async () => {
  cloud = await testCloud();
  db = new DynamoDBClient(cloud.client());
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
});
afterAll(() => cloud.dispose());

for (const file of readdirSync(folder)) {
  const { item, cases } = JSON.parse(readFileSync(join(folder, file), 'utf8'), bytes) as CaseFile;
  describe(`expressions: ${file}`, () => {
    it.each(cases.map((one) => [title(one), one] as const))('%s', async (_, one) => {
      await db.send(new PutItemCommand({ TableName, Item: item }));
      const answer = run(item, one);
      if (one.error !== undefined)
        await expect(answer).rejects.toMatchObject({ name: 'ValidationException', message: one.error });
      else expect(await answer).toEqual(expected(item, one));
    });
  });
}

function title(one: Case): string {
  const text = one.condition ?? one.update ?? one.projection;
  if (one.error !== undefined) return `refuses "${text}"`;
  if (one.holds !== undefined) return `${one.holds ? 'meets' : 'does not meet'} "${text}"`;
  return one.update === undefined ? `projects "${text}"` : `applies "${text}"`;
}

async function run(item: Record<string, AttributeValue>, one: Case): Promise<unknown> {
  const placeholders = {
    ExpressionAttributeNames: one.names,
    ExpressionAttributeValues: one.values,
  };
  if (one.condition !== undefined)
    return db
      .send(
        new PutItemCommand({
          TableName,
          Item: item,
          ConditionExpression: one.condition,
          ...placeholders,
        }),
      )
      .then(
        () => true,
        (error: Error) => {
          if (error.name === 'ConditionalCheckFailedException') return false;
          throw error;
        },
      );
  if (one.update !== undefined)
    return (
      await db.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: one.update,
          ReturnValues: 'ALL_NEW',
          ...placeholders,
        }),
      )
    ).Attributes;
  return (
    await db.send(
      new GetItemCommand({
        TableName,
        Key,
        ProjectionExpression: one.projection,
        ExpressionAttributeNames: one.names,
      }),
    )
  ).Item;
}

function expected(item: Record<string, AttributeValue>, one: Case): unknown {
  if (one.holds !== undefined) return one.holds;
  if (one.gives) return one.gives;
  return Object.fromEntries(
    Object.entries({ ...item, ...one.changes }).filter(([, value]) => value !== null),
  );
}
