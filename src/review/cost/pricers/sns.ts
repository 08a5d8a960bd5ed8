/** Topics and their subscriptions: https://aws.amazon.com/sns/pricing/ */
import { textAt, triggersOf, valueAt } from '../../../architecture/index.ts';
import { constant, sum } from '../amount.ts';
import { arrivalsOf, workNamedAt } from '../flow/arrivals.ts';
import { alarm } from './cloudwatch.ts';
import { freeOfCharge, line, type Pricer, unpriced } from './model.ts';
import { read } from './properties.ts';
import { assumed, derived, monthly, sumOf } from './questions.ts';

export const snsTopic: Pricer = {
  types: ['AWS::SNS::Topic'],
  work: 'messages',
  questions: (topic) => [
    monthly('messages', 'Messages published', 'message', (flow) => {
      const arrivals = arrivalsOf(topic, flow);
      const carriesAlarms = triggersOf(flow.app, topic).some(({ from }) => alarm.types.includes(from.type));
      const alarms = constant(20, 'message');
      if (arrivals.length === 0)
        return carriesAlarms
          ? assumed(alarms, 'it carries alarms: a few each week')
          : assumed(constant(0, 'message'), 'nothing in the template is seen to publish');
      const found = sumOf(arrivals, 'message', 'one for each call, event or message of');
      return carriesAlarms
        ? derived(sum([found.amount, alarms], 'message'), `${found.because}, and a few alarms each week`)
        : found;
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
  work: 'deliveries',
  questions: (subscription) => [
    monthly('deliveries', 'Messages delivered', 'delivery', (flow) => {
      const published = workNamedAt(subscription, 'TopicArn', flow);
      if (published === undefined)
        return assumed(constant(0, 'delivery'), 'its topic is not in the template');
      const filtered = subscription.properties.FilterPolicy !== undefined;
      return derived(
        published.amount,
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
  items: () => [freeOfCharge('policies cost nothing', 'https://aws.amazon.com/sns/pricing/')],
};
