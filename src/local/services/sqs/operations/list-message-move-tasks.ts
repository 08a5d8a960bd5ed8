import { AwsError, operation } from '../../../service.ts';
import { queueAccess, type SqsContext } from '../context.ts';

export const listMessageMoveTasks = ({ queues, moveTasks }: SqsContext) => {
  const find = (arn: string | undefined) => {
    const queue = queues.byArn(arn ?? '');
    if (!queue)
      throw new AwsError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
        404,
      );
    return queue;
  };
  return operation('sqs', 'ListMessageMoveTasks', {
    accepts: 'all',
    access: ({ SourceArn }) => queueAccess(find(SourceArn), 'ListMessageMoveTasks'),
    handle: ({ SourceArn, MaxResults = 1 }) => ({
      Results: moveTasks
        .of(find(SourceArn).arn)
        .slice(0, Math.min(10, MaxResults))
        .map((task) => ({
          ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
          Status: task.status,
          SourceArn: task.sourceArn,
          ApproximateNumberOfMessagesMoved: task.moved,
          ApproximateNumberOfMessagesToMove: task.toMove,
          StartedTimestamp: task.startedAt,
          ...(task.destinationArn ? { DestinationArn: task.destinationArn } : {}),
          ...(task.perSecond ? { MaxNumberOfMessagesPerSecond: task.perSecond } : {}),
          ...(task.failure ? { FailureReason: task.failure } : {}),
        })),
    }),
  });
};
