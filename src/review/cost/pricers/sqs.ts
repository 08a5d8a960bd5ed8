/** Queues: https://aws.amazon.com/sqs/pricing/ */
import { type Resource, valueAt } from '../../../architecture/index.ts';
import { type Amount, constant, scaled, sum, times } from '../amount.ts';
import { functionsIn } from '../flow/triggers.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { derived, each, monthly, oncePerUse, roundedUp } from './answers.ts';
import { type Flow, line, type Pricer, type Supposed } from './model.ts';
import { read } from './read.ts';

/** A receive that waits the longest it may: 20 s. */
const pollsPerMonth = (hoursPerMonth * 3600) / 20;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: five pollers at the least. */
const lambdaPollers = 5;

function senders(queue: Resource, flow: Flow): readonly { by: Resource; amount: Amount }[] {
  const { app } = flow;
  const found: { by: Resource; amount: Amount }[] = [];
  for (const caller of flow.callers(queue, 'sqs:SendMessage'))
    found.push({ by: caller, amount: flow.workOf(caller) });
  for (const subscription of app.ofType('AWS::SNS::Subscription'))
    if (app.namedIn(subscription.properties.Endpoint).includes(queue))
      found.push({ by: subscription, amount: flow.of(subscription, 'deliveries') });
  for (const rule of app.ofType('AWS::Events::Rule'))
    if (targets(rule, queue, flow)) found.push({ by: rule, amount: flow.of(rule, 'events') });
  for (const bucket of app.ofType('AWS::S3::Bucket'))
    if (
      app.namedIn(valueAt(bucket.properties, 'NotificationConfiguration.QueueConfigurations')).includes(queue)
    )
      found.push({ by: bucket, amount: flow.of(bucket, 'puts') });
  for (const method of app.ofType('AWS::ApiGateway::Method'))
    if (app.namedIn(method.properties.Integration).includes(queue))
      found.push({ by: method, amount: flow.of(method, 'requests') });
  return found;
}

/** As the target, not as the dead-letter queue of a target. */
const targets = (rule: Resource, queue: Resource, flow: Flow): boolean =>
  rule.uses.some((link) => link.to === queue && /\/Targets\/\d+\/Arn$/.test(link.path)) &&
  flow.asks(rule, 'events');

export const isDeadLetterQueue = (queue: Resource): boolean =>
  queue.usedBy.some((link) => /Redrive|DeadLetter|OnFailure/.test(link.path));

/** Receives that find nothing, on a queue that is quiet: the price of waiting. */
function waiting(queue: Resource, flow: Flow): Supposed {
  const mappings = flow.app
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter((one) => flow.app.namedIn(one.properties.EventSourceArn).includes(queue));
  const functions = mappings.flatMap((one) => functionsIn(one.properties.FunctionName, flow.app));
  const consumers = flow.callers(queue, 'sqs:ReceiveMessage').filter((caller) => !functions.includes(caller));
  const parts = [
    ...mappings.map(() => constant(lambdaPollers * pollsPerMonth, 'receive')),
    ...consumers.map((consumer) =>
      flow.asks(consumer, 'instances')
        ? times(
            flow.of(consumer, 'instances'),
            pollsPerMonth,
            `${pollsPerMonth.toLocaleString('en-US')} polls of 20 s`,
          )
        : constant(0, 'receive'),
    ),
  ];
  if (mappings.length + consumers.length === 0)
    return derived(constant(0, 'receive'), 'nothing in the template receives from it');
  return derived(
    sum(parts, 'receive'),
    `${[...mappings.map(() => 'Lambda polls with five pollers'), ...consumers.map((one) => `each instance of ${one.name} polls`)].join('; ')}; ` +
      'each waits 20 s for a message, and that is a request also when none comes',
  );
}

export const sqsQueue: Pricer = {
  types: ['AWS::SQS::Queue'],
  questions: (queue) => [
    monthly('messages', 'Messages sent', 'message', (flow) => {
      if (isDeadLetterQueue(queue))
        return derived(constant(0, 'message'), 'it takes only messages that failed; none is expected to');
      const found = senders(queue, flow);
      if (found.length === 0) return oncePerUse('message', flow);
      return derived(
        sum(
          found.map(({ amount }) => amount),
          'message',
        ),
        `one for each piece of work of ${found.map(({ by }) => by.name).join(', ')}`,
      );
    }),
    monthly('emptyReceives', 'Receives that find no message', 'receive', (flow) => waiting(queue, flow)),
    each('messageKB', 'Size of a message', 'KB', 1, 'an id and a few fields; each 64 KB begun is a request'),
  ],
  items: (queue, flow) => {
    const { flag, missing } = read(queue);
    const fifo = flag('FifoQueue', false);
    if (fifo === undefined) return missing;
    const messages = flow.of(queue, 'messages');
    const chunks = roundedUp(flow.of(queue, 'messageKB'), 64, 'chunk of 64 KB');
    const size = flow.of(queue, 'messageKB').plain;
    const requests =
      size !== undefined && size.fixed <= 64
        ? scaled(messages, 3, 'request', '3 requests (send, receive, delete)')
        : times(times(messages, chunks), 3, '3 requests (send, receive, delete)');
    const empty = flow.of(queue, 'emptyReceives');
    return [
      line(fifo ? 'sqs.fifo.requests' : 'sqs.standard.requests', requests),
      ...(empty.plain?.fixed === 0 && empty.plain.perUse === 0
        ? []
        : [
            line(fifo ? 'sqs.fifo.requests' : 'sqs.standard.requests', empty, {
              part: 'waiting',
              note: 'receives that find nothing',
            }),
          ]),
      ...missing,
    ];
  },
};
