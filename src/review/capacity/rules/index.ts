/** The static rules of capacity: what follows from the template alone. A rule is a file and a line here. */
import type { Rule } from '../../finding.ts';
import { connectionsExhausted } from './connections-exhausted.ts';
import { cpuScalingOfQueueWorker } from './cpu-scaling-of-queue-worker.ts';
import { deadLetterAfterOne } from './dead-letter-after-one.ts';
import { functionOutlivesGateway } from './function-outlives-gateway.ts';
import { functionVisibilityTimeout } from './function-visibility-timeout.ts';
import { healthGrace } from './health-grace.ts';
import { noScaling } from './no-scaling.ts';
import { pollerAboveReserved } from './poller-above-reserved.ts';
import { provisionedTable } from './provisioned-table.ts';
import { reservedConcurrency } from './reserved-concurrency.ts';
import { retryStorm } from './retry-storm.ts';
import { scaleInDuringJob } from './scale-in-during-job.ts';
import { stepGaps } from './step-gaps.ts';
import { stopBeforeJobEnds } from './stop-before-job-ends.ts';
import { subnetTooSmall } from './subnet-too-small.ts';
import { timeoutBelowCallee } from './timeout-below-callee.ts';
import { trackingQueueDepth } from './tracking-queue-depth.ts';
import { wholeBatchReturns } from './whole-batch-returns.ts';
import { workerVisibilityTimeout } from './worker-visibility-timeout.ts';

export const capacityRules: readonly Rule[] = [
  functionVisibilityTimeout,
  workerVisibilityTimeout,
  deadLetterAfterOne,
  wholeBatchReturns,
  retryStorm,
  connectionsExhausted,
  reservedConcurrency,
  pollerAboveReserved,
  functionOutlivesGateway,
  timeoutBelowCallee,
  trackingQueueDepth,
  cpuScalingOfQueueWorker,
  noScaling,
  stepGaps,
  stopBeforeJobEnds,
  scaleInDuringJob,
  provisionedTable,
  healthGrace,
  subnetTooSmall,
];
