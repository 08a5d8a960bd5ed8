import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readPolicy } from '../policy.ts';

export const removePermission = (context: SqsContext) =>
  operation('sqs', 'RemovePermission', {
    accepts: 'all',
    access: onQueue(context, 'RemovePermission'),
    handle({ QueueUrl, Label = '' }) {
      const queue = context.queues.byUrl(QueueUrl);
      const policy = readPolicy(queue);
      const Statement = policy.Statement.filter((statement) => statement.Sid !== Label);
      if (Statement.length === policy.Statement.length)
        throw invalidParameter(Label, 'Label', "can't find label.");
      context.queues.setAttributes(queue, {
        Policy: Statement.length === 0 ? '' : JSON.stringify({ ...policy, Statement }),
      });
      return {};
    },
  });
