import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { operation, type ServiceEnvironment, thrownBy, unsupported } from '../../../service.ts';
import { type DynamoContext, onTable, tableArn } from '../context.ts';
import { describeTable } from '../describe.ts';
import { inUse, invalidParameter } from '../errors.ts';
import {
  checkAllUsed,
  checkIndexes,
  readAttributes,
  readGlobalIndex,
  readKeys,
  readLocalIndex,
  readThroughput,
} from '../schema.ts';
import { readEncryption, readPolicy, readTags } from '../settings.ts';
import type { TableRecord } from '../storage/records.ts';
import { checkTableName } from '../storage/tables.ts';
import { changedStream, checkStream } from '../stream-settings.ts';

/**
 * The table is answered as CREATING and is ready at once.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
export const createTable = (context: DynamoContext) =>
  operation('dynamodb', 'CreateTable', {
    accepts: [
      'TableName',
      'AttributeDefinitions',
      'KeySchema',
      'LocalSecondaryIndexes',
      'GlobalSecondaryIndexes',
      'BillingMode',
      'ProvisionedThroughput',
      'StreamSpecification',
      'SSESpecification',
      'Tags',
      'TableClass',
      'DeletionProtectionEnabled',
      'WarmThroughput',
      'ResourcePolicy',
      'OnDemandThroughput',
    ],
    access: (input) => [
      onTable(context, 'CreateTable', input.TableName),
      ...(input.Tags?.length ? [onTable(context, 'TagResource', input.TableName)] : []),
      ...(input.ResourcePolicy ? [onTable(context, 'PutResourcePolicy', input.TableName)] : []),
    ],
    problems: (input) =>
      thrownBy(
        () => checkStream(input.StreamSpecification),
        () => design(context.env, input, () => ''),
      ),
    handle(input) {
      const { env, tables } = context;
      const { name, billingMode, throughput, attributes, keys, encryption, policy, indexes } = design(
        env,
        input,
        tables.slot,
      );
      if (tables.find(name)) throw inUse(`Table already exists: ${name}`);
      const now = env.clock.now();
      const record: TableRecord = {
        name,
        id: env.uuid(),
        arn: tableArn(context, name),
        slot: tables.slot(),
        createdAt: now,
        keys,
        attributes,
        billingMode,
        ...(billingMode === 'PAY_PER_REQUEST' ? { payPerRequestSince: now } : {}),
        throughput,
        ...(input.OnDemandThroughput ? { onDemand: input.OnDemandThroughput } : {}),
        ...(input.WarmThroughput ? { warm: input.WarmThroughput } : {}),
        indexes,
        deletionProtection: input.DeletionProtectionEnabled ?? false,
        tableClass: input.TableClass ?? 'STANDARD',
        ...(encryption ? { encryption } : {}),
        ...(policy ? { policy } : {}),
        tags: readTags(input.Tags),
      };
      const table = env.store.transaction(() =>
        tables.add({
          ...record,
          stream: input.StreamSpecification?.StreamEnabled
            ? changedStream(context, record, input.StreamSpecification)
            : undefined,
        }),
      );
      return { TableDescription: describeTable(table, 'CREATING') };
    },
  });

/** @throws what is wrong with a table by itself */
function design(env: ServiceEnvironment, input: CreateTableInput, slot: () => string) {
  if (input.TableName?.startsWith('arn:')) throw unsupported('an ARN as the TableName of CreateTable');
  const name = checkTableName(input.TableName);
  const billingMode = input.BillingMode ?? 'PROVISIONED';
  const throughput = readThroughput(billingMode, input.ProvisionedThroughput);
  const attributes = readAttributes(input.AttributeDefinitions);
  const keys = readKeys(input.KeySchema, attributes);
  for (const member of ['LocalSecondaryIndexes', 'GlobalSecondaryIndexes'] as const)
    if (input[member]?.length === 0) throw invalidParameter(`List of ${member} is empty`);
  if (!input.LocalSecondaryIndexes && !input.GlobalSecondaryIndexes) checkAllUsed(attributes, keys, []);
  const encryption = readEncryption(env, input.SSESpecification);
  const policy = readPolicy(env, input.ResourcePolicy);
  const indexes = [
    ...(input.LocalSecondaryIndexes ?? []).map((one) => readLocalIndex(one, attributes, keys, slot())),
    ...(input.GlobalSecondaryIndexes ?? []).map((one) =>
      readGlobalIndex(one, attributes, billingMode, slot()),
    ),
  ];
  checkIndexes(indexes);
  checkAllUsed(attributes, keys, indexes);
  return { name, billingMode, throughput, attributes, keys, encryption, policy, indexes };
}
