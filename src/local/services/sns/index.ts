/**
 * Amazon SNS: standard and FIFO topics to queues and functions. Email, SMS and web endpoints stay pending and are
 * told to the host. Refused: mobile push, archives and replay, logs of deliveries.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { openSns } from './context.ts';
import * as operations from './operations/index.ts';
import { subscription } from './resources/subscription.ts';
import { topic } from './resources/topic.ts';
import { topicPolicy } from './resources/topic-policy.ts';

export function createSns(env: ServiceEnvironment): Service {
  const context = openSns(env);
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [topic, subscription, topicPolicy],
  };
}
