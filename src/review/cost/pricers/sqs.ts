/** Queues: https://aws.amazon.com/sqs/pricing/ */
import { consumersOf, isDeadLetterQueue, type Resource } from '../../../architecture/index.ts';
import { constant, scaled, sum, times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { pipe } from './eventbridge.ts';
import { type DefaultAnswer, type Flow, line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { derived, each, monthly, oncePerUse, roundedUp, sumOf } from './questions.ts';

/** A receive that waits the longest it may: 20 s. */
const pollsPerMonth = (hoursPerMonth * 3600) / 20;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: five pollers at the least. */
const lambdaPollers = 5;

/** Receives that find no message. Each is a paid request, so a quiet queue costs something. */
function waiting(queue: Resource, flow: Flow): DefaultAnswer {
  const consumers = consumersOf(flow.app, queue);
  if (consumers.length === 0)
    return derived(constant(0, 'receive'), 'nothing in the template receives from it');
  const pollers = consumers.map((consumer) =>
    consumer.how === 'mapping' ? polledFor(consumer.trigger.via) : selfPolling(consumer.compute, flow),
  );
  return derived(
    sum(
      pollers.map(({ amount }) => amount),
      'receive',
    ),
    `${pollers.map(({ because }) => because).join('; ')}; ` +
      'each waits 20 s for a message, and that is a request also when none comes',
  );
}

/** A pipe polls as Lambda does: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html */
const polledFor = (mapping: Resource) => ({
  amount: constant(lambdaPollers * pollsPerMonth, 'receive'),
  because: `${pipe.types.includes(mapping.type) ? mapping.name : 'Lambda'} polls with five pollers`,
});

const selfPolling = (compute: Resource, flow: Flow) => ({
  amount: flow.asks(compute, 'instances')
    ? times(
        flow.of(compute, 'instances'),
        pollsPerMonth,
        `${pollsPerMonth.toLocaleString('en-US')} polls of 20 s`,
      )
    : constant(0, 'receive'),
  because: `each instance of ${compute.name} polls`,
});

export const sqsQueue: Pricer = {
  types: ['AWS::SQS::Queue'],
  work: 'messages',
  questions: (queue) => [
    monthly('messages', 'Messages sent', 'message', (flow) => {
      if (isDeadLetterQueue(flow.app, queue))
        return derived(constant(0, 'message'), 'it takes only messages that failed; none is expected to');
      const arrivals = arrivalsOf(queue, flow);
      return arrivals.length === 0
        ? oncePerUse('message', flow)
        : sumOf(arrivals, 'message', 'one for each call, event or message of');
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
    const size = flow.of(queue, 'messageKB').linear;
    const requests =
      size !== undefined && size.fixed <= 64
        ? scaled(messages, 3, 'request', '3 requests (send, receive, delete)')
        : times(times(messages, chunks), 3, '3 requests (send, receive, delete)');
    const empty = flow.of(queue, 'emptyReceives');
    return [
      line(fifo ? 'sqs.fifo.requests' : 'sqs.standard.requests', requests),
      ...(empty.linear?.fixed === 0 && empty.linear.perUse === 0
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
