/** The catalogue: every kind of change that the review may propose. */
import { raiseAccountConcurrency } from './account-concurrency.ts';
import type { ChangeKind } from './change.ts';
import { addProxy, raiseConnections } from './database-connections.ts';
import { raiseFunctionTimeout } from './function-timeout.ts';
import { raiseMaxReceiveCount } from './max-receive-count.ts';
import { raiseMaxTasks } from './max-tasks.ts';
import { raiseMinTasks } from './min-tasks.ts';
import { raisePollerConcurrency } from './poller-concurrency.ts';
import { raiseProvisionedConcurrency } from './provisioned-concurrency.ts';
import { raiseReservedConcurrency } from './reserved-concurrency.ts';
import { scaleEarlier, scaleFaster } from './scaling-speed.ts';
import { raiseTableThroughput } from './table-throughput.ts';
import { raiseTaskConcurrency } from './task-concurrency.ts';
import { raiseThrottle } from './throttle.ts';
import { raiseVisibilityTimeout } from './visibility-timeout.ts';

export const changeKinds: readonly ChangeKind[] = [
  raiseThrottle,
  scaleEarlier,
  scaleFaster,
  raiseMaxTasks,
  raiseMinTasks,
  raiseTaskConcurrency,
  raiseReservedConcurrency,
  raiseAccountConcurrency,
  raisePollerConcurrency,
  raiseProvisionedConcurrency,
  raiseFunctionTimeout,
  raiseVisibilityTimeout,
  raiseMaxReceiveCount,
  raiseConnections,
  addProxy,
  raiseTableThroughput,
];
