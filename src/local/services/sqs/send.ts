/** Takes one message into a queue; SendMessage and SendMessageBatch both do it. */
import { hash } from 'node:crypto';
import type { SendMessageBatchRequestEntry, SendMessageRequest } from '@aws-sdk/client-sqs';
import { AwsError, type Call, unsupported } from '../../service.ts';
import type { SqsContext } from './context.ts';
import { invalidParameter, missingParameter } from './errors.ts';
import {
  checkText,
  type KeptMessage,
  md5,
  md5OfAttributes,
  readAttribute,
  readAttributes,
  sizeOf,
} from './message.ts';
import type { Queue } from './queue.ts';

interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

export const sequenceNumber = (seq: number): string => `1${String(seq).padStart(19, '0')}`;

type Given = Omit<SendMessageRequest, 'QueueUrl'> | SendMessageBatchRequestEntry;

interface Prepared {
  readonly message: KeptMessage;
  readonly answer: Sent;
}

/** Checks everything; nothing is stored yet. */
export function prepare({ env }: SqsContext, queue: Queue, given: Given, call: Call): Prepared {
  const body = given.MessageBody ?? '';
  if (body === '') throw missingParameter('MessageBody');
  checkText(body);
  const attributes = readAttributes(given.MessageAttributes);
  const traceHeader = readTraceHeader(given);
  const size = sizeOf(body, attributes);
  const limit = queue.number('MaximumMessageSize');
  if (size > limit)
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  const delay = readDelay(queue, given.DelaySeconds);
  const { group, deduplicationId } = readFifo(queue, given, body);
  const now = env.clock.now();
  const id = env.uuid();
  const ofAttributes = md5OfAttributes(attributes);
  const ofSystem = traceHeader && md5OfAttributes({ AWSTraceHeader: { type: 'String', value: traceHeader } });
  return {
    message: {
      id,
      body,
      sentAt: now,
      firstDue: now + delay * 1000,
      senderId: call.caller.userId ?? call.caller.service ?? call.caller.accountId,
      size,
      ...(attributes ? { attributes } : {}),
      ...(traceHeader ? { traceHeader } : {}),
      ...(group ? { group } : {}),
      ...(deduplicationId ? { deduplicationId } : {}),
    },
    answer: {
      MessageId: id,
      MD5OfMessageBody: md5(body),
      ...(ofAttributes ? { MD5OfMessageAttributes: ofAttributes } : {}),
      ...(ofSystem ? { MD5OfMessageSystemAttributes: ofSystem } : {}),
    },
  };
}

/** Stores what was prepared, unless the same message was sent a short time ago. */
export function deliver(queue: Queue, { message, answer }: Prepared): Sent {
  queue.counts.usedAt = message.sentAt;
  const scope = queue.record.attributes.DeduplicationScope === 'messageGroup' ? `group ${message.group}` : '';
  if (queue.fifo && message.deduplicationId) {
    const first = queue.deduplication.find(scope, message.deduplicationId);
    if (first) return { ...answer, MessageId: first.messageId, SequenceNumber: sequenceNumber(first.seq) };
  }
  const seq = queue.add(message);
  queue.counts.sent++;
  queue.counts.sentBytes.push(message.size);
  if (!queue.fifo) return answer;
  if (message.deduplicationId) queue.deduplication.remember(scope, message.deduplicationId, message.id, seq);
  return { ...answer, SequenceNumber: sequenceNumber(seq) };
}

function readTraceHeader(given: Given): string | undefined {
  const [name, ...more] = Object.keys(given.MessageSystemAttributes ?? {});
  if (name === undefined) return undefined;
  if (name !== 'AWSTraceHeader' || more.length > 0)
    throw new AwsError('InvalidParameterValue', `Message system attribute name '${name}' is invalid.`);
  const { value } = readAttribute(name, given.MessageSystemAttributes?.AWSTraceHeader);
  if (typeof value !== 'string') throw unsupported('a binary AWSTraceHeader');
  return value;
}

function readDelay(queue: Queue, given: number | undefined): number {
  if (given === undefined) return queue.number('DelaySeconds');
  if (!Number.isInteger(given) || given < 0 || given > 900)
    throw invalidParameter(given, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.');
  if (queue.fifo && given !== 0)
    throw invalidParameter(
      given,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  return queue.fifo ? queue.number('DelaySeconds') : given;
}

export function requireContentBasedDeduplication(queue: Queue): void {
  if (queue.record.attributes.ContentBasedDeduplication !== 'true')
    throw new AwsError(
      'InvalidParameterValue',
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}

const idPattern = /^[!-~]{1,128}$/;

function readFifo(queue: Queue, given: Given, body: string) {
  const { MessageGroupId: group, MessageDeduplicationId: id } = given;
  for (const [name, value] of [
    ['MessageGroupId', group],
    ['MessageDeduplicationId', id],
  ])
    if (value !== undefined && !idPattern.test(value))
      throw invalidParameter(
        value,
        name ?? '',
        `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      );
  if (!queue.fifo) {
    if (id !== undefined)
      throw invalidParameter(
        id,
        'MessageDeduplicationId',
        'The request include parameter that is not valid for this queue type.',
      );
    return { group, deduplicationId: undefined };
  }
  if (group === undefined) throw missingParameter('MessageGroupId');
  if (id !== undefined) return { group, deduplicationId: id };
  requireContentBasedDeduplication(queue);
  return { group, deduplicationId: hash('sha256', body, 'hex') };
}
