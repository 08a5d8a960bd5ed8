import { formatArn } from '../../../../core/arn.ts';
import { AwsError, operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readPolicy } from '../policy.ts';

/** AWS writes a list of one as its item. */
const oneOrMore = (items: readonly string[]) => (items.length === 1 ? items[0] : items);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export const addPermission = (context: SqsContext) =>
  operation('sqs', 'AddPermission', {
    accepts: 'all',
    access: onQueue(context, 'AddPermission'),
    handle({ QueueUrl, Label = '', AWSAccountIds = [], Actions = [] }) {
      const queue = context.queues.byUrl(QueueUrl);
      const policy = readPolicy(queue);
      if (!/^[A-Za-z0-9_-]{1,80}$/.test(Label))
        throw invalidParameter(Label, 'Label', 'Only alphanumerics, hyphens and underscores, at most 80.');
      if (policy.Statement.some((statement) => statement.Sid === Label))
        throw invalidParameter(Label, 'Label', 'Already exists.');
      if (AWSAccountIds.length === 0 || Actions.length === 0)
        throw new AwsError('MissingParameter', 'The request must contain AWSAccountIds and Actions.');
      const added = {
        Sid: Label,
        Effect: 'Allow',
        Principal: {
          AWS: oneOrMore(
            AWSAccountIds.map((id) => formatArn({ service: 'iam', account: id, resource: 'root' })),
          ),
        },
        Action: oneOrMore(Actions.map((action) => `SQS:${action}`)),
        Resource: queue.arn,
      };
      context.queues.setAttributes(queue, {
        Policy: JSON.stringify({ ...policy, Statement: [...policy.Statement, added] }),
      });
      return {};
    },
  });
