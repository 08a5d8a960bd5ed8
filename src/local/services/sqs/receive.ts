/** What ReceiveMessage answers of a message, and the move to the dead-letter queue on the way there. */
import type { Message, ReceiveMessageRequest } from '@aws-sdk/client-sqs';
import { receiptHandle, type SqsContext } from './context.ts';
import { type KeptMessage, md5, md5OfAttributes } from './message.ts';
import type { Queue, Taken } from './queue.ts';
import { sequenceNumber } from './send.ts';

/** @returns false when there is no queue to move it to any more: then it is delivered on, as on AWS. */
export function moveToDeadLetter(
  { env, queues }: SqsContext,
  queue: Queue,
  { entry, message }: Taken,
): boolean {
  const target = queue.redrive && queues.byArn(queue.redrive.deadLetterTargetArn);
  if (!target) return false;
  const now = env.clock.now();
  target.add(
    {
      ...message,
      // A standard queue keeps the time it was first sent, so that retention counts from there; FIFO starts anew.
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
      ...(queue.fifo ? { sentAt: now } : {}),
      firstDue: now,
      deadLetterSource: queue.arn,
    },
    {
      due: now,
      receiveCount: entry.receiveCount,
      firstReceivedAt: entry.firstReceivedAt,
      receivedAt: entry.receivedAt,
      nonce: entry.nonce,
    },
  );
  target.counts.usedAt = now;
  queue.remove([entry]);
  return true;
}

export function describe(queue: Queue, { entry, message }: Taken, input: ReceiveMessageRequest): Message {
  const system = systemAttributes(entry, message, [
    ...(input.AttributeNames ?? []),
    ...(input.MessageSystemAttributeNames ?? []),
  ]);
  const attributes = pickAttributes(message, input.MessageAttributeNames ?? []);
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, entry.seq, entry.nonce),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system ? { Attributes: system } : {}),
    ...(digest ? { MD5OfMessageAttributes: digest } : {}),
    ...(attributes
      ? {
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, { type, value }]) => [
              name,
              typeof value === 'string'
                ? { StringValue: value, DataType: type }
                : { BinaryValue: value, DataType: type },
            ]),
          ),
        }
      : {}),
  };
}

function systemAttributes(
  entry: Taken['entry'],
  message: KeptMessage,
  names: readonly string[],
): Record<string, string> | undefined {
  if (names.length === 0) return undefined;
  const all: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(entry.receiveCount),
    ApproximateFirstReceiveTimestamp: String(entry.firstReceivedAt),
    AWSTraceHeader: message.traceHeader,
    MessageGroupId: message.group,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.deduplicationId === undefined ? undefined : sequenceNumber(entry.seq),
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(all))
    if (value !== undefined && (names.includes('All') || names.includes(name))) out[name] = value;
  return out;
}

/** `All`, `*`, `.*`, exact names, and prefixes such as `bar.*`. */
function pickAttributes(message: KeptMessage, names: readonly string[]): KeptMessage['attributes'] {
  if (!message.attributes || names.length === 0) return undefined;
  const wanted = (name: string) =>
    names.some(
      (given) =>
        given === 'All' ||
        given === '*' ||
        given === '.*' ||
        given === name ||
        (given.endsWith('.*') && name.startsWith(given.slice(0, -2))),
    );
  const kept = Object.entries(message.attributes).filter(([name]) => wanted(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
