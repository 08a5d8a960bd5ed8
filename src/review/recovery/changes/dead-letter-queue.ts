/** Adds a dead-letter queue, so that a message that always fails does not come back until it expires. */
import { toDeadLetterQueue } from '../components/queue.ts';
import { type Change, proposalFor } from './model.ts';

export const deadLetterQueue: Change = {
  id: 'dead-letter-queue',
  propose: (component) => {
    const { resource } = component;
    if (component.label !== 'SQS queue' || resource.properties.RedrivePolicy !== undefined) return undefined;
    return proposalFor(
      'dead-letter-queue',
      component,
      {
        title: `Give ${component.resource.name} a dead-letter queue`,
        how: 'RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 }, retention 14 days there, an alarm when anything is in it, and a start of redrive in the runbook',
        prices: [
          {
            priceId: 'sqs.standard.requests',
            what: 'requests for messages that fail',
            quantity: 1_000,
            basis: {
              figure: 'a thousand failing messages a month',
              source: 'assumed by this model',
              assumed: true,
            },
          },
        ],
      },
      [toDeadLetterQueue('a new dead-letter queue')],
    );
  },
};
