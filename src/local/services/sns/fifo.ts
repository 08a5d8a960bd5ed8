/**
 * FIFO topics: a message is taken once in five minutes, and the messages of a topic are delivered one after another.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
 */
import type { SnsContext, Topic } from './context.ts';
import { deliverAll, type Outgoing } from './fan-out.ts';

const deduplicationMs = 5 * 60_000;
/** Old entries are looked for once in so many messages. */
const sweepEvery = 1000;

export async function publishInOrder(
  context: SnsContext,
  topic: Topic,
  message: Outgoing,
  deduplicationId: string,
): Promise<{ MessageId: string; SequenceNumber: string }> {
  const { env, published, deliveries } = context;
  const scope = topic.attributes.FifoThroughputScope === 'MessageGroup' ? (message.group ?? '') : '';
  const key = [topic.name, scope, deduplicationId];
  const now = env.clock.now();
  const first = published.get(key);
  if (first && first.until > now) return { MessageId: first.messageId, SequenceNumber: first.sequenceNumber };
  const sequenceNumber = nextSequenceNumber(now);
  published.put(key, { messageId: message.id, sequenceNumber, until: now + deduplicationMs });
  if (lastSequence % sweepEvery === 0) sweep(context, topic, now);
  const work = (deliveries.get(topic.arn) ?? Promise.resolve()).then(() =>
    deliverAll(context, topic, { ...message, deduplicationId, sequenceNumber }),
  );
  // deliverAll tells of what it could not deliver, and fails only by a fault of ours: that must not stop the next one.
  deliveries.set(
    topic.arn,
    work.catch(() => undefined),
  );
  await work;
  return { MessageId: message.id, SequenceNumber: sequenceNumber };
}

function sweep({ published }: SnsContext, topic: Topic, now: number): void {
  const old = [...published.entries({ prefix: topic.name })].filter(([, { until }]) => until <= now);
  for (const [key] of old) published.delete(key);
}

let lastSequence = 0;

/** Grows over restarts too, because it starts from the clock, in microseconds. */
function nextSequenceNumber(now: number): string {
  lastSequence = Math.max(lastSequence + 1, now * 1000);
  return `1${String(lastSequence).padStart(19, '0')}`;
}
