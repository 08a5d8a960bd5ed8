import { parseArn } from '../../../../core/arn.ts';
import { operation, thrownBy, unsupported } from '../../../service.ts';
import { checkSubscriptionAttribute, findTopic, ofTopic, onTopic, type SnsContext } from '../context.ts';
import { invalid } from '../errors.ts';

const confirmed = ['sqs', 'lambda'];
const unconfirmed = ['email', 'email-json', 'sms', 'http', 'https'];

/** Email, SMS and web endpoints stay pending: nothing leaves this machine. */
export const subscribe = (context: SnsContext) =>
  operation('sns', 'Subscribe', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'Subscribe', TopicArn, call),
    *problems({ Protocol = '', Endpoint = '', Attributes = {} }) {
      if (![...confirmed, ...unconfirmed].includes(Protocol))
        yield unsupported(`the SNS protocol ${Protocol}`);
      else if (Endpoint === '') yield invalid('Endpoint');
      else if (confirmed.includes(Protocol) && parseArn(Endpoint)?.service !== Protocol)
        yield invalid(`${Protocol} endpoint ARN`);
      for (const [name, value] of Object.entries(Attributes))
        yield* thrownBy(() => checkSubscriptionAttribute(name, value));
    },
    handle({ TopicArn, Protocol = '', Endpoint = '', Attributes = {}, ReturnSubscriptionArn }) {
      const topic = findTopic(context, TopicArn);
      const pending = unconfirmed.includes(Protocol);
      const existing = ofTopic(context, topic.arn).find(
        (one) => one.protocol === Protocol && one.endpoint === Endpoint,
      );
      if (existing) {
        for (const [name, value] of Object.entries(Attributes))
          if (existing.attributes[name] !== value)
            throw invalid('Attributes Reason: Subscription already exists with different attributes');
      }
      const id = context.env.randomId(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const arn = existing?.arn ?? `${topic.arn}:${id}`;
      if (!existing)
        context.putSubscription({
          arn,
          topicArn: topic.arn,
          protocol: Protocol,
          endpoint: Endpoint,
          attributes: Attributes,
          pending,
        });
      return { SubscriptionArn: pending && !ReturnSubscriptionArn ? 'pending confirmation' : arn };
    },
  });
