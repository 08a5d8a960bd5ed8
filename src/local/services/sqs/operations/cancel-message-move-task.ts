import { AwsError, operation } from '../../../service.ts';
import { queueAccess, type SqsContext } from '../context.ts';

export const cancelMessageMoveTask = ({ queues, moveTasks }: SqsContext) => {
  const find = (handle: string | undefined) => {
    const task = moveTasks.find(handle ?? '');
    const queue = task && queues.byArn(task.sourceArn);
    if (!queue) throw new AwsError('ResourceNotFoundException', 'Task does not exist.', 404);
    return { task, queue };
  };
  return operation('sqs', 'CancelMessageMoveTask', {
    accepts: 'all',
    access: ({ TaskHandle }) => queueAccess(find(TaskHandle).queue, 'CancelMessageMoveTask'),
    handle({ TaskHandle }) {
      const { task } = find(TaskHandle);
      if (task.status !== 'RUNNING')
        throw new AwsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
      moveTasks.cancel(task);
      return { ApproximateNumberOfMessagesMoved: task.moved };
    },
  });
};
