import { operation } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { describeRecovery } from '../recovery.ts';
import { backedUpTable } from './describe-continuous-backups.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export const updateContinuousBackups = (context: DynamoContext) =>
  operation('dynamodb', 'UpdateContinuousBackups', {
    accepts: 'all',
    access: (input) => onTable(context, 'UpdateContinuousBackups', input.TableName),
    handle({ TableName, PointInTimeRecoverySpecification: wanted }) {
      const table = backedUpTable(context, TableName);
      const days = wanted?.RecoveryPeriodInDays ?? 35;
      const since = table.record.recovery?.since ?? context.env.clock.now();
      context.tables.change(table, {
        recovery: wanted?.PointInTimeRecoveryEnabled ? { days, since } : undefined,
      });
      return { ContinuousBackupsDescription: describeRecovery(table.record, context.env.clock) };
    },
  });
