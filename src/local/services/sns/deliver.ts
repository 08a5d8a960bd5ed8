/**
 * Delivers one message to the subscriptions of a topic. Queues and functions get it; email, SMS and web
 * endpoints are told to the host instead. Envelopes are not signed: there is no certificate to verify against.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import type { ServiceEnvironment } from '../../service.ts';
import {
  deadLetterArn,
  filterOf,
  ofTopic,
  type SnsContext,
  type Subscription,
  type Topic,
} from './context.ts';

export interface Outgoing {
  readonly id: string;
  readonly message: string;
  readonly subject?: string;
  /** Texts by protocol, of MessageStructure json. */
  readonly byProtocol?: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
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
            ? (JSON.parse(StringValue) as unknown)
            : StringValue,
      ]),
    ),
  );
}

async function deliver(
  env: ServiceEnvironment,
  topic: Topic,
  subscription: Subscription,
  outgoing: Outgoing,
): Promise<void> {
  const { protocol, endpoint } = subscription;
  const tell = (name: string, more: object) =>
    env.host.notify({
      name,
      data: { topic: topic.name, protocol, endpoint, messageId: outgoing.id, ...more },
    });
  const message = outgoing.byProtocol?.[protocol] ?? outgoing.message;
  const invoke = env.asService('sns.amazonaws.com', topic.arn);
  const { RawMessageDelivery, RedrivePolicy } = subscription.attributes;
  try {
    switch (protocol) {
      case 'sqs':
        await invoke('sqs', 'SendMessage', {
          QueueUrl: queueUrl(env, endpoint),
          ...(RawMessageDelivery === 'true'
            ? { MessageBody: message, MessageAttributes: outgoing.attributes }
            : { MessageBody: JSON.stringify(envelope(env, topic, subscription, { ...outgoing, message })) }),
        });
        break;
      case 'lambda': {
        const Sns = envelope(env, topic, subscription, { ...outgoing, message });
        const event = {
          Records: [
            { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns },
          ],
        };
        await invoke('lambda', 'Invoke', {
          FunctionName: endpoint,
          InvocationType: 'Event',
          Payload: new TextEncoder().encode(JSON.stringify(event)),
        });
        break;
      }
      default:
        tell('sns.not-delivered-locally', { subject: outgoing.subject, message });
    }
  } catch (error) {
    tell('sns.delivery-failed', { error: String(error) });
    if (!RedrivePolicy) return;
    const QueueUrl = queueUrl(env, deadLetterArn(RedrivePolicy));
    const MessageBody = JSON.stringify(envelope(env, topic, subscription, { ...outgoing, message }));
    await invoke('sqs', 'SendMessage', { QueueUrl, MessageBody }).catch((lost: unknown) =>
      tell('sns.delivery-failed', { error: `dead-letter queue: ${String(lost)}` }),
    );
  }
}

const queueUrl = (env: ServiceEnvironment, arn: string) => {
  const [, , , , account, name] = arn.split(':');
  return `${env.endpoint}/${account}/${name}`;
};

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
    TopicArn: topic.arn,
    ...(outgoing.subject === undefined ? {} : { Subject: outgoing.subject }),
    Message: outgoing.message,
    Timestamp: new Date(env.clock.now()).toISOString(),
    SignatureVersion: topic.attributes.SignatureVersion ?? '1',
    Signature: 'not signed by the local cloud',
    SigningCertURL: `${env.endpoint}/no-certificate.pem`,
    UnsubscribeURL: `${env.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) as object } : {}),
  };
}
