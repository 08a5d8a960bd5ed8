/**
 * Delivers one message to the subscriptions of a topic. Queues and functions get it; email, SMS and web
 * endpoints are told to the host instead. Envelopes are not signed: there is no certificate to verify against.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
import { reasonOf } from '../../../core/events.ts';
import { AwsError, type Message, type MessageAttribute, type ServiceEnvironment } from '../../service.ts';
import { filterOf, ofTopic, type SnsContext, type Subscription, type Topic } from './context.ts';
import { deadLetterArn } from './subscription-attributes.ts';
import { isFifo } from './topic-attributes.ts';

export interface Outgoing {
  readonly id: string;
  readonly message: string;
  readonly subject?: string;
  /** Texts by protocol, of MessageStructure json. */
  readonly byProtocol?: ReadonlyMap<string, string>;
  readonly group?: string;
  /** Of a FIFO topic. */
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export async function deliverAll(context: SnsContext, topic: Topic, outgoing: Outgoing): Promise<void> {
  await Promise.all(
    ofTopic(context, topic.arn)
      .filter((subscription) => wants(subscription, outgoing))
      .map((subscription) => deliver(context.env, topic, subscription, outgoing)),
  );
}

function wants(subscription: Subscription, { message, attributes }: Outgoing): boolean {
  const filter = filterOf(subscription);
  if (!filter) return true;
  if (subscription.attributes.FilterPolicyScope === 'MessageBody') {
    try {
      const body: unknown = JSON.parse(message);
      return typeof body === 'object' && body !== null && filter(body as Record<string, unknown>);
    } catch {
      return false;
    }
  }
  return filter(
    Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType, StringValue = '' }]) => [
        name,
        DataType?.startsWith('Number')
          ? Number(StringValue)
          : DataType === 'String.Array'
            ? parsed(StringValue)
            : StringValue,
      ]),
    ),
  );
}

/** AWS takes an attribute of type String.Array that is none, and it matches nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function deliver(
  env: ServiceEnvironment,
  topic: Topic,
  subscription: Subscription,
  outgoing: Outgoing,
): Promise<void> {
  const { protocol, endpoint } = subscription;
  const message = outgoing.byProtocol?.get(protocol) ?? outgoing.message;
  if (subscription.pending) {
    const { id: messageId, subject } = outgoing;
    const about = { topic: topic.name, protocol, endpoint, messageId, message: message.slice(0, 1000) };
    env.host.notify({ name: 'message.not-sent', data: { ...about, ...(subject ? { subject } : {}) } });
    return;
  }
  const as = env.asService('sns.amazonaws.com', topic.arn);
  const notification = envelope(env, topic, subscription, { ...outgoing, message });
  const received = asReceived(subscription, notification, outgoing);
  const failed = (target: string, error: unknown, next: 'dead-letter queue' | 'lost') =>
    env.host.notify({
      name: 'delivery.failed',
      data: { source: topic.arn, target, reason: reasonOf(error), next },
    });
  try {
    await env.deliver(endpoint, received, as);
  } catch (error) {
    const { RedrivePolicy } = subscription.attributes;
    failed(endpoint, error, RedrivePolicy ? 'dead-letter queue' : 'lost');
    if (!RedrivePolicy) return;
    const deadLetters = deadLetterArn(RedrivePolicy);
    await env
      .deliver(
        deadLetters,
        deadLetter(deadLetters, subscription, notification, outgoing, error, env.uuid()),
        as,
      )
      .catch((lost: unknown) => failed(deadLetters, lost, 'lost'));
  }
}

type Notification = ReturnType<typeof envelope>;

function asReceived(
  { protocol, arn, endpoint, attributes }: Subscription,
  notification: Notification,
  outgoing: Outgoing,
): Message {
  if (protocol === 'lambda') {
    const record = {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: arn,
      Sns: notification,
    };
    return { body: JSON.stringify({ Records: [record] }) };
  }
  return {
    ...(attributes.RawMessageDelivery === 'true'
      ? { body: notification.Message, attributes: outgoing.attributes }
      : { body: JSON.stringify(notification) }),
    ...inGroup(endpoint, outgoing),
  };
}

/** A standard queue takes the group of a standard topic's message, and nothing of a FIFO topic's order. */
const inGroup = (queueArn: string, { group, deduplicationId }: Outgoing): Partial<Message> =>
  queueArn.endsWith('.fifo')
    ? { groupId: group, deduplicationId }
    : deduplicationId === undefined
      ? { groupId: group }
      : {};

/**
 * A dead letter is worded as the subscriber would have got the message, raw where delivery is raw, and says why it is
 * one. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
function deadLetter(
  queueArn: string,
  { attributes }: Subscription,
  notification: Notification,
  outgoing: Outgoing,
  error: unknown,
  requestId: string,
): Message {
  const raw = attributes.RawMessageDelivery === 'true';
  const text = (StringValue: string): MessageAttribute => ({ DataType: 'String', StringValue });
  return {
    body: raw ? notification.Message : JSON.stringify(notification),
    attributes: {
      ...(raw ? outgoing.attributes : {}),
      RequestID: text(requestId),
      ErrorCode: text(error instanceof AwsError ? error.code : 'InternalError'),
      ErrorMessage: text(reasonOf(error).slice(0, 1000)),
    },
    ...inGroup(queueArn, outgoing),
  };
}

function envelope(env: ServiceEnvironment, topic: Topic, subscription: Subscription, outgoing: Outgoing) {
  const attributes = Object.entries(outgoing.attributes).map(([name, given]) => [
    name,
    {
      Type: given.DataType,
      Value: given.BinaryValue ? Buffer.from(given.BinaryValue).toString('base64') : given.StringValue,
    },
  ]);
  return {
    Type: 'Notification',
    MessageId: outgoing.id,
    ...(outgoing.sequenceNumber === undefined ? {} : { SequenceNumber: outgoing.sequenceNumber }),
    TopicArn: topic.arn,
    ...(outgoing.subject === undefined ? {} : { Subject: outgoing.subject }),
    Message: outgoing.message,
    Timestamp: new Date(env.clock.now()).toISOString(),
    ...(isFifo(topic)
      ? {}
      : {
          SignatureVersion: topic.attributes.SignatureVersion ?? '1',
          Signature: 'not signed by the local cloud',
          SigningCertURL: `${env.endpoint}/no-certificate.pem`,
        }),
    UnsubscribeURL: `${env.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) as object } : {}),
  };
}
