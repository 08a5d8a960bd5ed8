/**
 * Amazon DynamoDB on the durable store: tables, items, expressions, indexes, transactions, expiry.
 * Refused by name: streams, PartiQL, global tables over regions, backups and restores, imports and exports, and
 * the parameters that expressions replaced (Expected, KeyConditions, AttributeUpdates, …).
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { batchGetItem } from './operations/batch-get-item.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { createTable } from './operations/create-table.ts';
import { deleteItem } from './operations/delete-item.ts';
import { deleteResourcePolicy } from './operations/delete-resource-policy.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeContinuousBackups } from './operations/describe-continuous-backups.ts';
import { describeEndpoints } from './operations/describe-endpoints.ts';
import { describeLimits } from './operations/describe-limits.ts';
import { describeTable } from './operations/describe-table.ts';
import { describeTimeToLive } from './operations/describe-time-to-live.ts';
import { getItem } from './operations/get-item.ts';
import { getResourcePolicy } from './operations/get-resource-policy.ts';
import { listTables } from './operations/list-tables.ts';
import { listTagsOfResource } from './operations/list-tags-of-resource.ts';
import { putItem } from './operations/put-item.ts';
import { putResourcePolicy } from './operations/put-resource-policy.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import { tagResource } from './operations/tag-resource.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateContinuousBackups } from './operations/update-continuous-backups.ts';
import { updateItem } from './operations/update-item.ts';
import { updateTable } from './operations/update-table.ts';
import { updateTimeToLive } from './operations/update-time-to-live.ts';
import { globalTable } from './resources/global-table.ts';
import { table } from './resources/table.ts';
import { openTables } from './storage/tables.ts';

export function createDynamoDb(env: ServiceEnvironment): Service {
  const tables = openTables(env);
  const context = { env, tables };
  return {
    operations: [
      batchGetItem(context),
      batchWriteItem(context),
      createTable(context),
      deleteItem(context),
      deleteResourcePolicy(context),
      deleteTable(context),
      describeContinuousBackups(context),
      describeEndpoints(context),
      describeLimits(),
      describeTable(context),
      describeTimeToLive(context),
      getItem(context),
      getResourcePolicy(context),
      listTables(context),
      listTagsOfResource(context),
      putItem(context),
      putResourcePolicy(context),
      query(context),
      scan(context),
      tagResource(context),
      transactGetItems(context),
      transactWriteItems(context),
      untagResource(context),
      updateContinuousBackups(context),
      updateItem(context),
      updateTable(context),
      updateTimeToLive(context),
    ],
    resourceTypes: [globalTable, table],
    start: () => tables.start(),
    async stop() {
      tables.stop();
    },
  };
}
