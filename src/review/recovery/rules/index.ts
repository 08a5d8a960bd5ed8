/** Every static rule on recovery. A new one is a file here and a line below. */
import type { Rule } from '../../finding.ts';
import { alarmWithoutAction } from './alarm-without-action.ts';
import { asyncFailures } from './async-failures.ts';
import { backupsInOneRegion } from './backups-in-one-region.ts';
import { batchFailures } from './batch-failures.ts';
import { blockingLogs } from './blocking-logs.ts';
import { bucketVersioningRule } from './bucket-versioning.ts';
import { cacheFailover } from './cache-failover.ts';
import { circuitBreakerRule } from './circuit-breaker.ts';
import { databaseBackups } from './database-backups.ts';
import { databaseSingleZone } from './database-single-zone.ts';
import { deadLettersUnseen } from './dead-letters-unseen.ts';
import { deleteWithoutRetain } from './delete-without-retain.ts';
import { deletionProtectionRule } from './deletion-protection.ts';
import { fileSystemBackupRule } from './file-system-backup.ts';
import { groupHealth } from './group-health.ts';
import { logRetention } from './log-retention.ts';
import { minHealthyZero } from './min-healthy-zero.ts';
import { minorUpgradesOff } from './minor-upgrades-off.ts';
import { noAlarm } from './no-alarm.ts';
import { noScaling } from './no-scaling.ts';
import { oneTask } from './one-task.ts';
import { oneZoneSubnets } from './one-zone-subnets.ts';
import { queueDeadLetters } from './queue-dead-letters.ts';
import { searchNodesRule } from './search-nodes.ts';
import { singleNat } from './single-nat.ts';
import { storageAutoscaling } from './storage-autoscaling.ts';
import { tablePointInTime } from './table-point-in-time.ts';
import { taskHealthCheck } from './task-health-check.ts';
import { terminationProtectionRule } from './termination-protection.ts';

export const recoveryRules: readonly Rule[] = [
  databaseSingleZone,
  databaseBackups,
  deletionProtectionRule,
  minorUpgradesOff,
  storageAutoscaling,
  tablePointInTime,
  bucketVersioningRule,
  deleteWithoutRetain,
  terminationProtectionRule,
  fileSystemBackupRule,
  backupsInOneRegion,
  alarmWithoutAction,
  noAlarm,
  queueDeadLetters,
  deadLettersUnseen,
  asyncFailures,
  batchFailures,
  oneZoneSubnets,
  singleNat,
  oneTask,
  noScaling,
  taskHealthCheck,
  groupHealth,
  circuitBreakerRule,
  minHealthyZero,
  cacheFailover,
  searchNodesRule,
  blockingLogs,
  logRetention,
];
