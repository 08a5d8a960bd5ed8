/**
 * Point-in-time recovery as it is described. The setting is kept; restoring is refused by name
 * (RestoreTableToPointInTime is not among the operations), so nothing is promised that is not there.
 */
import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../../core/clock.ts';
import type { TableRecord } from './storage/records.ts';

export function describeRecovery({ recovery }: TableRecord, clock: Clock): ContinuousBackupsDescription {
  if (!recovery)
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  const now = clock.now();
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(Math.max(recovery.since, now - recovery.days * 86_400_000)),
      LatestRestorableDateTime: new Date(now),
    },
  };
}
