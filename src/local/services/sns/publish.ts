/** Takes one message, as Publish and PublishBatch do. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
import { hash } from 'node:crypto';
import type { PublishBatchRequestEntry, PublishInput } from '@aws-sdk/client-sns';
import { isObject } from '../../../core/is-object.ts';
import { type MessageAttribute, unsupported } from '../../service.ts';
import type { SnsContext, Topic } from './context.ts';
import { invalid, invalidValue } from './errors.ts';
import { deliverAll, type Outgoing } from './fan-out.ts';
import { publishInOrder } from './fifo.ts';
import { isFifo } from './topic-attributes.ts';

type Given = PublishInput | PublishBatchRequestEntry;

export const largestMessage = 262_144;

/** What is wrong with it by itself. @throws */
export function checkMessage(given: Given): void {
  const { Message: message = '', Subject: subject, MessageStructure, MessageAttributes = {} } = given;
  if (message === '') throw invalid('Empty message');
  for (const [name, attribute] of Object.entries(MessageAttributes)) checkAttribute(name, attribute);
  if (sizeOf(given) > largestMessage) throw invalid('Message too long');
  if (subject !== undefined && (subject === '' || subject.length > 100 || /[\r\n]/.test(subject)))
    throw invalid('Subject');
  if (MessageStructure !== undefined && MessageStructure !== 'json')
    throw unsupported(`MessageStructure ${MessageStructure}`);
}

/** Bytes that count against AWS's limit. */
export function sizeOf({ Message = '', MessageAttributes = {} }: Given): number {
  let size = Buffer.byteLength(Message);
  for (const [name, { DataType = '', StringValue = '', BinaryValue }] of Object.entries(MessageAttributes))
    size +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      (BinaryValue?.length ?? Buffer.byteLength(StringValue));
  return size;
}

function checkAttribute(name: string, { DataType = '', StringValue, BinaryValue }: MessageAttribute): void {
  if (Buffer.byteLength(name) > 256)
    throw invalidValue('Length of message attribute name must be less than 256 bytes.');
  const odd = /[^\w.-]/.exec(name)?.[0];
  if (odd !== undefined)
    throw invalidValue(
      `Invalid non-alphanumeric character '#x${odd.charCodeAt(0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith('.'))
    throw invalidValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.'))
    throw invalidValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..'))
    throw invalidValue("Message attribute name can not have successive '.' character.");
  const [kind, ...label] = DataType.split('.');
  if (
    (kind !== 'String' && kind !== 'Number' && kind !== 'Binary') ||
    (label.join('.') === '' && label.length > 0)
  )
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const [own, other, field] =
    kind === 'Binary' ? [BinaryValue, StringValue, 'Binary'] : [StringValue, BinaryValue, 'String'];
  if (other !== undefined && own === undefined)
    throw invalidValue(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  if (!own?.length)
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
}

/** What its topic's type asks of it. @throws */
export function checkForTopic(topic: Topic, { MessageGroupId, MessageDeduplicationId }: Given): void {
  if (!isFifo(topic)) {
    if (MessageDeduplicationId !== undefined)
      throw invalid(
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      );
    return;
  }
  if (MessageGroupId === undefined) throw invalid('The MessageGroupId parameter is required for FIFO topics');
  if (MessageDeduplicationId === undefined && topic.attributes.ContentBasedDeduplication !== 'true')
    throw invalid(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
}

interface Answer {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

/** Delivers a checked message, unless a FIFO topic took the same one a short time ago. */
export async function publishTo(context: SnsContext, topic: Topic, given: Given): Promise<Answer> {
  const message: Outgoing = {
    id: context.env.uuid(),
    attributes: given.MessageAttributes ?? {},
    ...readContent(given),
    ...(given.Subject === undefined ? {} : { subject: given.Subject }),
    ...(given.MessageGroupId === undefined ? {} : { group: given.MessageGroupId }),
  };
  if (isFifo(topic))
    return publishInOrder(
      context,
      topic,
      message,
      given.MessageDeduplicationId ?? hash('sha256', given.Message ?? '', 'hex'),
    );
  await deliverAll(context, topic, message);
  return { MessageId: message.id };
}

function readContent({ Message = '', MessageStructure }: Given): Pick<Outgoing, 'message' | 'byProtocol'> {
  if (MessageStructure === undefined) return { message: Message };
  let byProtocol: unknown;
  try {
    byProtocol = JSON.parse(Message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  const texts = new Map(
    Object.entries(isObject(byProtocol) ? byProtocol : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  const message = texts.get('default');
  if (message === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  return { message, byProtocol: texts };
}
