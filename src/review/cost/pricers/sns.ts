/** Topics and their subscriptions: https://aws.amazon.com/sns/pricing/ */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { constant, sum } from '../amount.ts';
import { assumed, derived, monthly } from './answers.ts';
import { isFree, line, type Pricer, unpriced } from './model.ts';
import { read } from './read.ts';

export const snsTopic: Pricer = {
  types: ['AWS::SNS::Topic'],
  questions: (topic) => [
    monthly('messages', 'Messages published', 'message', (flow) => {
      const { app } = flow;
      const senders = flow.callers(topic, 'sns:Publish').map((by) => ({ by, amount: flow.workOf(by) }));
      for (const rule of app.ofType('AWS::Events::Rule'))
        if (app.namedIn(rule.properties.Targets).includes(topic))
          senders.push({ by: rule, amount: flow.of(rule, 'events') });
      for (const bucket of app.ofType('AWS::S3::Bucket'))
        if (
          app
            .namedIn(valueAt(bucket.properties, 'NotificationConfiguration.TopicConfigurations'))
            .includes(topic)
        )
          senders.push({ by: bucket, amount: flow.of(bucket, 'puts') });
      const alarms = topic.usedBy.filter(({ to }) => to.type === 'AWS::CloudWatch::Alarm').length;
      if (alarms > 0)
        return alarms > 0 && senders.length === 0
          ? assumed(constant(20, 'message'), 'it carries alarms: a few each week')
          : derived(
              sum([...senders.map(({ amount }) => amount), constant(20, 'message')], 'message'),
              `from ${senders.map(({ by }) => by.name).join(', ')}, and a few alarms each week`,
            );
      if (senders.length === 0)
        return assumed(constant(0, 'message'), 'nothing in the template is seen to publish');
      return derived(
        sum(
          senders.map(({ amount }) => amount),
          'message',
        ),
        `one for each piece of work of ${senders.map(({ by }) => by.name).join(', ')}`,
      );
    }),
  ],
  items: (topic, flow) => {
    const { flag, missing } = read(topic);
    const fifo = flag('FifoTopic', false);
    if (fifo === undefined) return missing;
    const inline = valueAt(topic.properties, 'Subscription');
    const deliveries = Array.isArray(inline)
      ? inline.map((one, index) =>
          delivery(textAt(one, 'Protocol'), flow.of(topic, 'messages'), `subscription ${index + 1}`),
        )
      : [];
    return [
      line(fifo ? 'sns.fifo.requests' : 'sns.requests', flow.of(topic, 'messages')),
      ...deliveries,
      ...missing,
    ];
  },
};

const rows: Readonly<Record<string, string>> = {
  sqs: 'sns.deliveries.sqs',
  lambda: 'sns.deliveries.lambda',
  http: 'sns.deliveries.http',
  https: 'sns.deliveries.http',
  email: 'sns.deliveries.email',
  'email-json': 'sns.deliveries.email',
  firehose: 'sns.deliveries.firehose',
  application: 'sns.deliveries.push',
  sms: 'sns.sms',
};

function delivery(protocol: ReturnType<typeof textAt>, count: Parameters<typeof line>[1], part?: string) {
  const row = typeof protocol === 'string' ? rows[protocol] : undefined;
  if (row === undefined) return unpriced('Deliveries', 'its protocol cannot be known', count, 'unresolved');
  return line(row, count, part === undefined ? {} : { part });
}

export const snsSubscription: Pricer = {
  types: ['AWS::SNS::Subscription'],
  questions: (subscription) => [
    monthly('deliveries', 'Messages delivered', 'delivery', (flow) => {
      const [topic] = flow.app.namedIn(subscription.properties.TopicArn);
      if (topic === undefined || !flow.asks(topic, 'messages'))
        return assumed(constant(0, 'delivery'), 'its topic is not in the template');
      const filtered = subscription.properties.FilterPolicy !== undefined;
      return derived(
        flow.of(topic, 'messages'),
        filtered
          ? 'every message of its topic, as what its filter lets through cannot be known'
          : 'every message of its topic',
      );
    }),
  ],
  items: (subscription, flow) => [
    delivery(textAt(subscription.properties, 'Protocol'), flow.of(subscription, 'deliveries')),
  ],
};

export const snsTopicPolicy: Pricer = {
  types: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  items: () => [isFree('policies cost nothing', 'https://aws.amazon.com/sns/pricing/')],
};
