/**
 * Amazon DynamoDB on the durable store: tables, items, expressions, indexes, transactions, expiry.
 * Refused by name: PartiQL, global tables over regions, backups and restores, imports and exports.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import * as operations from './operations/index.ts';
import { globalTable } from './resources/global-table.ts';
import { table } from './resources/table.ts';
import { openTables } from './storage/tables.ts';

export function createDynamoDb(env: ServiceEnvironment): Service {
  const tables = openTables(env);
  const context = { env, tables };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [globalTable, table],
    start: () => tables.start(),
    async stop() {
      tables.stop();
    },
  };
}
