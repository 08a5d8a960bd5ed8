/** The catalogue of changes. A new one is a file here and a line below. */
import { alarm } from './alarm.ts';
import { automatedBackupsChange } from './automated-backups.ts';
import { backupCopy } from './backup-copy.ts';
import { backupPlan } from './backup-plan.ts';
import { bucketReplication } from './bucket-replication.ts';
import { bucketVersioning } from './bucket-versioning.ts';
import { cacheReplica } from './cache-replica.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { clusterReader } from './cluster-reader.ts';
import { deadLetterQueue } from './dead-letter-queue.ts';
import { deletionProtection } from './deletion-protection.ts';
import { fileSystemBackup, fileSystemReplica } from './file-system-replica.ts';
import { functionAlias } from './function-alias.ts';
import { globalDatabaseChange } from './global-database.ts';
import { globalTable } from './global-table.ts';
import { gradualDeployment } from './gradual-deployment.ts';
import type { Change } from './model.ts';
import { multiAzDatabase } from './multi-az-database.ts';
import { natPerZone } from './nat-per-zone.ts';
import { pointInTimeRecovery } from './point-in-time-recovery.ts';
import { searchNodes } from './search-nodes.ts';
import { secondRegion } from './second-region.ts';
import { secondZone } from './second-zone.ts';
import { secretReplica } from './secret-replica.ts';
import { subscribe } from './subscribe.ts';
import { terminationProtection } from './termination-protection.ts';
import { twoCopies } from './two-copies.ts';

export const changes: readonly Change[] = [
  alarm,
  subscribe,
  terminationProtection,
  deletionProtection,
  pointInTimeRecovery,
  automatedBackupsChange,
  backupPlan,
  backupCopy,
  bucketVersioning,
  bucketReplication,
  globalTable,
  globalDatabaseChange,
  multiAzDatabase,
  clusterReader,
  cacheReplica,
  searchNodes,
  twoCopies,
  secondZone,
  natPerZone,
  deadLetterQueue,
  gradualDeployment,
  functionAlias,
  circuitBreaker,
  secondRegion,
  secretReplica,
  fileSystemBackup,
  fileSystemReplica,
];
