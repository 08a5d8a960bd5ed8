/**
 * Amazon SQS: standard and FIFO queues, redrive, long polling, queue policies. Refused: ReceiveRequestAttemptId,
 * list-valued message attributes.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { SqsContext } from './context.ts';
import { publishMetrics } from './metrics.ts';
import { createMoveTasks } from './move-tasks.ts';
import { addPermission } from './operations/add-permission.ts';
import { cancelMessageMoveTask } from './operations/cancel-message-move-task.ts';
import { changeMessageVisibility } from './operations/change-message-visibility.ts';
import { changeMessageVisibilityBatch } from './operations/change-message-visibility-batch.ts';
import { createQueue } from './operations/create-queue.ts';
import { deleteMessage } from './operations/delete-message.ts';
import { deleteMessageBatch } from './operations/delete-message-batch.ts';
import { deleteQueue } from './operations/delete-queue.ts';
import { getQueueAttributes } from './operations/get-queue-attributes.ts';
import { getQueueUrl } from './operations/get-queue-url.ts';
import { listDeadLetterSourceQueues } from './operations/list-dead-letter-source-queues.ts';
import { listMessageMoveTasks } from './operations/list-message-move-tasks.ts';
import { listQueueTags } from './operations/list-queue-tags.ts';
import { listQueues } from './operations/list-queues.ts';
import { purgeQueue } from './operations/purge-queue.ts';
import { receiveMessage } from './operations/receive-message.ts';
import { removePermission } from './operations/remove-permission.ts';
import { sendMessage } from './operations/send-message.ts';
import { sendMessageBatch } from './operations/send-message-batch.ts';
import { setQueueAttributes } from './operations/set-queue-attributes.ts';
import { startMessageMoveTask } from './operations/start-message-move-task.ts';
import { tagQueue } from './operations/tag-queue.ts';
import { untagQueue } from './operations/untag-queue.ts';
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
    operations: [
      addPermission(context),
      cancelMessageMoveTask(context),
      changeMessageVisibility(context),
      changeMessageVisibilityBatch(context),
      createQueue(context),
      deleteMessage(context),
      deleteMessageBatch(context),
      deleteQueue(context),
      getQueueAttributes(context),
      getQueueUrl(context),
      listDeadLetterSourceQueues(context),
      listMessageMoveTasks(context),
      listQueueTags(context),
      listQueues(context),
      purgeQueue(context),
      receiveMessage(context),
      removePermission(context),
      sendMessage(context),
      sendMessageBatch(context),
      setQueueAttributes(context),
      startMessageMoveTask(context),
      tagQueue(context),
      untagQueue(context),
    ],
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
