import { parseArn } from '../../../../core/arn.ts';
import { operation, thrownBy, unsupported } from '../../../service.ts';
import { findTopic, ofTopic, onTopic, type SnsContext } from '../context.ts';
import { amongAttributes, invalid } from '../errors.ts';
import { checkDeadLetters, readSubscriptionAttribute } from '../subscription-attributes.ts';
import { isFifo } from '../topic-attributes.ts';

const confirmed = ['sqs', 'lambda'];
const unconfirmed = ['email', 'email-json', 'sms', 'http', 'https'];
const defaultAttributes: Readonly<Record<string, string>> = {
  RawMessageDelivery: 'false',
  FilterPolicyScope: 'MessageAttributes',
};
const notHere = ['application', 'firehose'];

/** Email, SMS and web endpoints stay pending: nothing leaves this machine. */
export const subscribe = (context: SnsContext) =>
  operation('sns', 'Subscribe', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'Subscribe', TopicArn, call),
    problems: ({ Protocol = '', Endpoint = '', Attributes = {} }) =>
      thrownBy(
        () => checkEndpoint(Protocol, Endpoint),
        () => readAttributes(Attributes),
      ),
    handle({ TopicArn, Protocol = '', Endpoint = '', Attributes = {}, ReturnSubscriptionArn }, call) {
      const topic = findTopic(context, TopicArn);
      const attributes = readAttributes(Attributes);
      if (Endpoint.endsWith('.fifo') && !isFifo(topic))
        throw invalid(
          'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
        );
      // https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
      if (isFifo(topic) && Protocol !== 'sqs')
        throw invalid('Invalid parameter: Endpoint Reason: Please use SQS queues with FIFO topics');
      checkDeadLetters(topic.arn, Endpoint, attributes);
      const pending = unconfirmed.includes(Protocol);
      const answer = (arn: string) => ({
        SubscriptionArn: pending && !ReturnSubscriptionArn ? 'pending confirmation' : arn,
      });
      const existing = ofTopic(context, topic.arn).find(
        (one) => one.protocol === Protocol && one.endpoint === Endpoint,
      );
      if (existing) {
        const has = { ...defaultAttributes, ...existing.attributes };
        if (Object.entries(attributes).some(([name, value]) => has[name] !== value))
          throw invalid('Attributes Reason: Subscription already exists with different attributes');
        return answer(existing.arn);
      }
      const arn = `${topic.arn}:${context.env.uuid()}`;
      context.putSubscription({
        arn,
        topicArn: topic.arn,
        protocol: Protocol,
        endpoint: Endpoint,
        attributes,
        pending,
        principal: call.caller.arn,
      });
      return answer(arn);
    },
  });

function checkEndpoint(protocol: string, endpoint: string): void {
  if (notHere.includes(protocol)) throw unsupported(`the SNS protocol ${protocol}`);
  if (![...confirmed, ...unconfirmed].includes(protocol))
    throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (endpoint === '') throw invalid('Endpoint');
  if (protocol === 'sqs' && parseArn(endpoint)?.service !== 'sqs') throw invalid('SQS endpoint ARN');
  if (protocol === 'lambda' && parseArn(endpoint)?.service !== 'lambda') throw invalid('Lambda endpoint ARN');
  if (protocol === 'sms' && !/^\+?[0-9]+([-. /]?[0-9]+)*$/.test(endpoint))
    throw invalid(`Invalid SMS endpoint: ${endpoint}`);
  if ((protocol === 'http' || protocol === 'https') && !endpoint.startsWith(`${protocol}://`))
    throw invalid('Endpoint must match the specified protocol');
  if (protocol.startsWith('email') && !/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalid('Email address');
}

const readAttributes = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given)
      .filter(([name, value]) => value !== '' || name === 'RawMessageDelivery')
      .map(([name, value]) => [name, amongAttributes(() => readSubscriptionAttribute(name, value, given))]),
  );
