import { operation } from '../../../service.ts';
import { type DynamoContext, describedTable, onTable } from '../context.ts';
import { validation } from '../errors.ts';

/**
 * Works at once; AWS takes up to an hour, and refuses another change within it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
export const updateTimeToLive = (context: DynamoContext) =>
  operation('dynamodb', 'UpdateTimeToLive', {
    accepts: 'all',
    access: (input) => onTable(context, 'UpdateTimeToLive', input.TableName),
    handle({ TableName, TimeToLiveSpecification: wanted }) {
      const table = describedTable(context, TableName);
      const attribute = wanted?.AttributeName;
      if (!attribute || wanted?.Enabled === undefined)
        throw validation('TimeToLiveSpecification must have an AttributeName and Enabled');
      const { ttl } = table.record;
      if (wanted.Enabled && ttl?.enabled)
        throw validation(
          ttl.attribute === attribute
            ? 'TimeToLive is already enabled'
            : `TimeToLive is active on a different AttributeName: current AttributeName is ${ttl.attribute}`,
        );
      if (!wanted.Enabled && !ttl?.enabled) throw validation('TimeToLive is already disabled');
      if (!wanted.Enabled && ttl && ttl.attribute !== attribute)
        throw validation(
          `TimeToLive is active on a different AttributeName: current AttributeName is ${ttl.attribute}`,
        );
      context.env.store.transaction(() => {
        context.tables.change(table, { ttl: { attribute, enabled: wanted.Enabled === true } });
        table.rebuildExpiries();
      });
      context.tables.arm();
      return { TimeToLiveSpecification: wanted };
    },
  });
