/** SQS queues. FIFO queues are refused by name: message groups are not modelled. */
import { deadLettersOf, flagAt, type Resource, valueAt } from '../../../architecture/index.ts';
import { add, type Draft, link, notModelled, propertyOf, quantity, unclear } from './context.ts';
import { delay, retention, visibilityTimeout } from './defaults.ts';

export function buildQueues(draft: Draft): void {
  const queues = draft.app.ofType('AWS::SQS::Queue').filter((queue) => {
    if (flagAt(queue.properties, 'FifoQueue') !== true) return true;
    notModelled(draft, queue, 'FIFO queues: message groups are not modelled');
    return false;
  });
  const modelled = new Set(queues);
  for (const queue of queues) {
    const deadLetter = deadLetterOf(draft, queue);
    const count = quantity(draft, queue, 'RedrivePolicy.maxReceiveCount', undefined);
    const both = deadLetter !== undefined && modelled.has(deadLetter) && count !== undefined;
    if (deadLetter !== undefined && count === undefined)
      unclear(draft, queue, 'RedrivePolicy.maxReceiveCount', 'it is needed with a dead-letter queue');
    add(
      draft,
      {
        kind: 'queue',
        id: queue.id,
        visibilityTimeout: quantity(draft, queue, 'VisibilityTimeout', visibilityTimeout),
        retention: quantity(draft, queue, 'MessageRetentionPeriod', retention),
        delay: quantity(draft, queue, 'DelaySeconds', delay),
        ...(both ? { deadLetter: deadLetter.id, maxReceiveCount: count } : {}),
      },
      queue,
    );
    if (both)
      link(draft, {
        from: queue.id,
        to: deadLetter.id,
        how: 'dead-letters',
        because: propertyOf(queue, 'RedrivePolicy'),
        assumed: false,
      });
  }
}

function deadLetterOf(draft: Draft, queue: Resource): Resource | undefined {
  const [found] = deadLettersOf(draft.app, queue);
  if (found === undefined && valueAt(queue.properties, 'RedrivePolicy.deadLetterTargetArn') !== undefined)
    unclear(draft, queue, 'RedrivePolicy.deadLetterTargetArn', 'it names no other queue of this app');
  return found?.to;
}
