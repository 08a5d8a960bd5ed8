/**
 * FIFO queues take one message per deduplication id in five minutes; the others are acknowledged with the first
 * one's ids. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html
 */
import type { ServiceEnvironment } from '../../service.ts';

export interface FirstSent {
  readonly messageId: string;
  readonly seq: number;
  readonly until: number;
}

const interval = 5 * 60_000;

export function createDeduplication(env: ServiceEnvironment, queueId: string) {
  const kept = env.store.collection<FirstSent>('sqs.deduplication');
  return {
    find(scope: string, id: string): FirstSent | undefined {
      const first = kept.get([queueId, scope, id]);
      return first && first.until > env.clock.now() ? first : undefined;
    },
    remember(scope: string, id: string, messageId: string, seq: number): void {
      kept.put([queueId, scope, id], { messageId, seq, until: env.clock.now() + interval });
    },
    sweep(): void {
      const now = env.clock.now();
      const old = [...kept.entries({ prefix: queueId })].filter(([, first]) => first.until <= now);
      for (const [key] of old) kept.delete(key);
    },
    clear(): void {
      kept.clear(queueId);
    },
  };
}
