import type { BillingMode, UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { AwsError, operation } from '../../../service.ts';
import { type DynamoContext, describedTable, onTable } from '../context.ts';
import { describeTable } from '../describe.ts';
import { invalidParameter, validation } from '../errors.ts';
import { checkAllUsed, checkIndexes, readAttributes, readGlobalIndex, readThroughput } from '../schema.ts';
import { readEncryption } from '../settings.ts';
import type { IndexRecord, TableRecord } from '../storage/records.ts';
import type { Table } from '../storage/table.ts';
import { changedStream, checkStream } from '../stream-settings.ts';

/**
 * New global indexes are filled before the answer; AWS does it in the background.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export const updateTable = (context: DynamoContext) =>
  operation('dynamodb', 'UpdateTable', {
    accepts: [
      'TableName',
      'AttributeDefinitions',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexUpdates',
      'StreamSpecification',
      'SSESpecification',
      'TableClass',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'WarmThroughput',
    ],
    access: (input) => onTable(context, 'UpdateTable', input.TableName),
    handle(input) {
      const { env, tables } = context;
      const table = describedTable(context, input.TableName);
      const { record } = table;
      checkStream(input.StreamSpecification);
      if (
        Object.keys(input).filter((name) => name !== 'GlobalSecondaryIndexUpdates').length < 2 &&
        !input.GlobalSecondaryIndexUpdates?.length
      )
        throw validation(
          'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required for UpdateTable',
        );
      const billingMode = input.BillingMode ?? record.billingMode;
      const throughput =
        input.ProvisionedThroughput || billingMode !== record.billingMode
          ? readThroughput(billingMode, input.ProvisionedThroughput)
          : record.throughput;
      if (
        input.ProvisionedThroughput &&
        billingMode === record.billingMode &&
        throughput.read === record.throughput.read &&
        throughput.write === record.throughput.write &&
        !input.GlobalSecondaryIndexUpdates
      )
        throw validation(
          `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${throughput.read}. Requested ReadCapacityUnits: ${throughput.read}. Current WriteCapacityUnits provisioned for the table: ${throughput.write}. Requested WriteCapacityUnits: ${throughput.write}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
        );
      const { indexes, added, attributes } = changedIndexes(context, table, input, billingMode);
      const gone = record.indexes.filter((index) => !indexes.some((other) => other.slot === index.slot));
      const change: Partial<TableRecord> = {
        billingMode,
        ...(billingMode === 'PAY_PER_REQUEST' && record.payPerRequestSince === undefined
          ? { payPerRequestSince: env.clock.now() }
          : {}),
        throughput,
        attributes,
        indexes,
        ...(input.OnDemandThroughput ? { onDemand: input.OnDemandThroughput } : {}),
        ...(input.WarmThroughput ? { warm: input.WarmThroughput } : {}),
        ...(input.SSESpecification ? { encryption: readEncryption(env, input.SSESpecification) } : {}),
        ...(input.TableClass ? { tableClass: input.TableClass } : {}),
        ...(input.DeletionProtectionEnabled === undefined
          ? {}
          : { deletionProtection: input.DeletionProtectionEnabled }),
      };
      env.store.transaction(() => {
        tables.change(table, {
          ...change,
          stream: changedStream(context, record, input.StreamSpecification),
        });
        for (const index of gone) table.clearSlot(index.slot);
        for (const index of added) table.fillIndex(index);
      });
      return { TableDescription: describeTable(table, 'UPDATING') };
    },
  });

function changedIndexes(
  { tables }: DynamoContext,
  { record }: Table,
  input: UpdateTableCommandInput,
  billingMode: BillingMode,
) {
  let indexes: IndexRecord[] = [...record.indexes];
  const added: IndexRecord[] = [];
  let attributes = record.attributes;
  const given = readAttributes(input.AttributeDefinitions);
  if (input.AttributeDefinitions) {
    for (const [name, type] of Object.entries(given))
      if (Object.hasOwn(attributes, name) && attributes[name] !== type)
        throw invalidParameter(
          `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: ${name}:${attributes[name]}. New schema: ${name}:${type}`,
        );
    attributes = { ...attributes, ...given };
  }
  const find = (name: string | undefined) => {
    const index = indexes.find((one) => one.kind === 'global' && one.name === name);
    if (!index) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return index;
  };
  for (const { Create, Update, Delete } of input.GlobalSecondaryIndexUpdates ?? []) {
    if (Create) {
      if (indexes.some((index) => index.name === Create.IndexName))
        throw validation(`Attempting to create an index which already exists: ${Create.IndexName}`);
      // The attributes of its keys are to be named again, although the table may know them.
      const index = readGlobalIndex(Create, given, billingMode, tables.slot());
      added.push(index);
      indexes.push(index);
    } else if (Delete) {
      const index = find(Delete.IndexName);
      indexes = indexes.filter((one) => one !== index);
    } else if (Update) {
      const index = find(Update.IndexName);
      const changed = {
        ...index,
        ...(Update.ProvisionedThroughput
          ? { throughput: readThroughput(billingMode, Update.ProvisionedThroughput, index.name) }
          : {}),
        ...(Update.OnDemandThroughput ? { onDemand: Update.OnDemandThroughput } : {}),
        ...(Update.WarmThroughput ? { warm: Update.WarmThroughput } : {}),
      };
      indexes = indexes.map((one) => (one === index ? changed : one));
    } else throw invalidParameter('GlobalSecondaryIndexUpdate must contain one of Create, Update or Delete');
  }
  checkIndexes(indexes);
  const used = new Set(
    [record.keys, ...indexes.map((index) => index.keys)].flatMap((k) => [k.hash, k.range]),
  );
  // What only a deleted index needed goes with it; what the request brings must be used.
  for (const name of Object.keys(given))
    if (!used.has(name) && !Object.hasOwn(record.attributes, name))
      checkAllUsed(attributes, record.keys, indexes);
  attributes = Object.fromEntries(Object.entries(attributes).filter(([name]) => used.has(name)));
  if (billingMode === 'PAY_PER_REQUEST')
    indexes = indexes.map((one) =>
      one.kind === 'global' ? { ...one, throughput: { read: 0, write: 0 } } : one,
    );
  else
    for (const one of indexes)
      if (one.kind === 'global' && !one.throughput?.read)
        throw invalidParameter(
          `ProvisionedThroughput must be specified for index: ${one.name} when BillingMode is PROVISIONED`,
        );
  return { indexes, added, attributes };
}
