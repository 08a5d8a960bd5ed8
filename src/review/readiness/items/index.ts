/** The pre-launch list, in the order in which it is shown. A new item is a file here and a line below. */
import type { Item } from '../model.ts';
import { accessLogs } from './access-logs.ts';
import { alarmsOnEntries } from './alarms-on-entries.ts';
import { alarmsReachPeople } from './alarms-reach-people.ts';
import { alarmsTested } from './alarms-tested.ts';
import { apiAuthentication } from './api-authentication.ts';
import { auditTrail } from './audit-trail.ts';
import { backupsIsolated } from './backups-isolated.ts';
import { budget } from './budget.ts';
import { businessMetric } from './business-metric.ts';
import { capacityObjective } from './capacity-objective.ts';
import { certificatesRenew } from './certificates-renew.ts';
import { costKnown } from './cost-known.ts';
import { dashboard } from './dashboard.ts';
import { dataBackedUp } from './data-backed-up.ts';
import { dataProtectionLaw } from './data-protection-law.ts';
import { deadLettersWatched } from './dead-letters-watched.ts';
import { deletionGuarded } from './deletion-guarded.ts';
import { disasterPlan } from './disaster-plan.ts';
import { encryptionAtRest } from './encryption-at-rest.ts';
import { encryptionInTransit } from './encryption-in-transit.ts';
import { failedWorkKept } from './failed-work-kept.ts';
import { faultsInjected } from './faults-injected.ts';
import { gradualDeployment } from './gradual-deployment.ts';
import { imageScanning } from './image-scanning.ts';
import { incidentReview } from './incident-review.ts';
import { latencyObjective } from './latency-objective.ts';
import { launchOwner } from './launch-owner.ts';
import { leastPrivilege } from './least-privilege.ts';
import { loadTested } from './load-tested.ts';
import { logRetentionSet } from './log-retention-set.ts';
import { nothingDenied } from './nothing-denied.ts';
import { onCall } from './on-call.ts';
import { outsideCheck } from './outside-check.ts';
import { ownerTagged } from './owner-tagged.ts';
import { peopleAccess } from './people-access.ts';
import { pipeline } from './pipeline.ts';
import { publicBuckets } from './public-buckets.ts';
import { quotasRaised } from './quotas-raised.ts';
import { recoveryTargets } from './recovery-targets.ts';
import { restartsLoseNothing } from './restarts-lose-nothing.ts';
import { restoreTested } from './restore-tested.ts';
import { rollback } from './rollback.ts';
import { rollbackRehearsed } from './rollback-rehearsed.ts';
import { rootUserLocked } from './root-user-locked.ts';
import { runbook } from './runbook.ts';
import { runbookRehearsed } from './runbook-rehearsed.ts';
import { scales } from './scales.ts';
import { secretsKept } from './secrets-kept.ts';
import { securityFindings } from './security-findings.ts';
import { securityIncidentPlan } from './security-incident-plan.ts';
import { stageTagged } from './stage-tagged.ts';
import { stagesApart } from './stages-apart.ts';
import { supportPlan } from './support-plan.ts';
import { survivesZone } from './survives-zone.ts';
import { threatModel } from './threat-model.ts';
import { throttling } from './throttling.ts';
import { tracing } from './tracing.ts';
import { userNotice } from './user-notice.ts';
import { webFirewall } from './web-firewall.ts';
import { workCompletes } from './work-completes.ts';

export const readinessItems: readonly Item[] = [
  encryptionAtRest,
  encryptionInTransit,
  securityFindings,
  leastPrivilege,
  publicBuckets,
  secretsKept,
  apiAuthentication,
  webFirewall,
  imageScanning,
  auditTrail,
  rootUserLocked,
  peopleAccess,
  threatModel,
  dataProtectionLaw,
  securityIncidentPlan,
  alarmsOnEntries,
  alarmsReachPeople,
  deadLettersWatched,
  alarmsTested,
  businessMetric,
  dashboard,
  tracing,
  logRetentionSet,
  accessLogs,
  outsideCheck,
  onCall,
  loadTested,
  latencyObjective,
  capacityObjective,
  workCompletes,
  scales,
  throttling,
  quotasRaised,
  dataBackedUp,
  restoreTested,
  deletionGuarded,
  survivesZone,
  recoveryTargets,
  failedWorkKept,
  faultsInjected,
  restartsLoseNothing,
  disasterPlan,
  backupsIsolated,
  rollback,
  gradualDeployment,
  ownerTagged,
  stageTagged,
  budget,
  costKnown,
  certificatesRenew,
  nothingDenied,
  pipeline,
  runbook,
  runbookRehearsed,
  rollbackRehearsed,
  supportPlan,
  stagesApart,
  launchOwner,
  userNotice,
  incidentReview,
];
