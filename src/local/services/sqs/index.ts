/** Amazon SQS. */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { listQueues } from './operations/list-queues.ts';

export function createSqs(env: ServiceEnvironment): Service {
  return { operations: [listQueues(env)] };
}
