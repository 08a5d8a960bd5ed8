/**
 * Amazon SQS: standard and FIFO queues, redrive, long polling, queue policies. Refused: ReceiveRequestAttemptId,
 * list-valued message attributes.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { SqsContext } from './context.ts';
import { publishMetrics } from './metrics.ts';
import { createMoveTasks } from './move-tasks.ts';
import * as operations from './operations/index.ts';
import { openQueues } from './queues.ts';
import { queue } from './resources/queue.ts';
import { queuePolicy } from './resources/queue-policy.ts';

export function createSqs(env: ServiceEnvironment): Service {
  const queues = openQueues(env);
  const stopping = new AbortController();
  const moveTasks = createMoveTasks(env, queues);
  const context: SqsContext = { env, queues, moveTasks, stopping: stopping.signal };
  const metrics = publishMetrics(env, queues);
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [queue, queuePolicy],
    start() {
      moveTasks.resume();
      metrics.start();
    },
    async stop() {
      stopping.abort();
      metrics.stop();
      moveTasks.stop();
      for (const one of queues.all()) one.release();
    },
  };
}
