/**
 * The pre-launch list. An item that is only a question, or that another section answers, is a row of a table; one with a
 * check of its own is a file here and a line below.
 */
import type { Item } from '../model.ts';
import { readinessAreas } from '../report.ts';
import { accessLogs } from './access-logs.ts';
import { alarmsOnEntries } from './alarms-on-entries.ts';
import { alarmsReachPeople } from './alarms-reach-people.ts';
import { alarmsTested } from './alarms-tested.ts';
import { apiAuthentication } from './api-authentication.ts';
import { auditTrail } from './audit-trail.ts';
import { budget } from './budget.ts';
import { businessMetric } from './business-metric.ts';
import { capacityObjective } from './capacity-objective.ts';
import { certificatesRenew } from './certificates-renew.ts';
import { costKnown } from './cost-known.ts';
import { dashboard } from './dashboard.ts';
import { encryptionAtRest } from './encryption-at-rest.ts';
import { encryptionInTransit } from './encryption-in-transit.ts';
import { faultsInjected } from './faults-injected.ts';
import { itemsFromRecoveryRules } from './from-recovery-rules.ts';
import { itemsFromSecurityFindings } from './from-security-findings.ts';
import { gradualDeployment } from './gradual-deployment.ts';
import { imageScanning } from './image-scanning.ts';
import { latencyObjective } from './latency-objective.ts';
import { loadTested } from './load-tested.ts';
import { nothingDenied } from './nothing-denied.ts';
import { outsideCheck } from './outside-check.ts';
import { ownerTagged } from './owner-tagged.ts';
import { pipeline } from './pipeline.ts';
import { publicBuckets } from './public-buckets.ts';
import { questionsForPeople } from './questions-for-people.ts';
import { recoveryTargets } from './recovery-targets.ts';
import { restartsLoseNothing } from './restarts-lose-nothing.ts';
import { restoreTested } from './restore-tested.ts';
import { rollback } from './rollback.ts';
import { stageTagged } from './stage-tagged.ts';
import { survivesZone } from './survives-zone.ts';
import { throttling } from './throttling.ts';
import { tracing } from './tracing.ts';
import { webFirewall } from './web-firewall.ts';
import { workCompletes } from './work-completes.ts';

const items: readonly Item[] = [
  encryptionAtRest,
  encryptionInTransit,
  publicBuckets,
  apiAuthentication,
  webFirewall,
  imageScanning,
  auditTrail,
  alarmsOnEntries,
  alarmsReachPeople,
  alarmsTested,
  businessMetric,
  dashboard,
  tracing,
  accessLogs,
  outsideCheck,
  loadTested,
  latencyObjective,
  capacityObjective,
  workCompletes,
  throttling,
  restoreTested,
  survivesZone,
  recoveryTargets,
  faultsInjected,
  restartsLoseNothing,
  rollback,
  gradualDeployment,
  ownerTagged,
  stageTagged,
  budget,
  costKnown,
  certificatesRenew,
  nothingDenied,
  pipeline,
  ...itemsFromSecurityFindings,
  ...itemsFromRecoveryRules,
  ...questionsForPeople,
];

/** Area by area, as they are shown. */
export const readinessItems: readonly Item[] = readinessAreas.flatMap((area) =>
  items.filter((item) => item.area === area),
);
