import { AwsError, operation } from '../../../service.ts';
import { queueAccess, type SqsContext } from '../context.ts';
import { invalidParameter } from '../errors.ts';

/** AWS asks for permission to receive and delete at the source, and to send at the destination. */
export const startMessageMoveTask = ({ queues, moveTasks }: SqsContext) => {
  const find = (arn: string | undefined, name: string) => {
    const queue = queues.byArn(arn ?? '');
    if (!queue)
      throw new AwsError(
        'ResourceNotFoundException',
        `The resource that you specified for the ${name} parameter doesn't exist.`,
        404,
      );
    return queue;
  };
  return operation('sqs', 'StartMessageMoveTask', {
    accepts: 'all',
    access({ SourceArn, DestinationArn }) {
      const source = find(SourceArn, 'SourceArn');
      const target = DestinationArn ? [find(DestinationArn, 'DestinationArn')] : [];
      return [
        ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) =>
          queueAccess(source, action),
        ),
        ...target.map((queue) => queueAccess(queue, 'SendMessage')),
      ];
    },
    handle({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: rate }) {
      const source = find(SourceArn, 'SourceArn');
      if (rate !== undefined && (rate < 1 || rate > 500))
        throw invalidParameter(rate, 'MaxNumberOfMessagesPerSecond', 'Must be between 1 and 500.');
      if (![...queues.all()].some((queue) => queue.redrive?.deadLetterTargetArn === source.arn))
        throw invalidParameter(
          SourceArn,
          'SourceArn',
          'Source queue must be configured as a Dead Letter Queue.',
        );
      return { TaskHandle: moveTasks.start(source, DestinationArn, rate).handle };
    },
  });
};
