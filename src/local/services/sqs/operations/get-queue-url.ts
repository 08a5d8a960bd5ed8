import type { GetQueueUrlCommandInput } from '@aws-sdk/client-sqs';
import { operation } from '../../../service.ts';
import { queueAccess, type SqsContext } from '../context.ts';
import { queueDoesNotExist } from '../errors.ts';

export const getQueueUrl = ({ env, queues }: SqsContext) => {
  const find = ({ QueueName, QueueOwnerAWSAccountId }: GetQueueUrlCommandInput) => {
    const queue = queues.byName(QueueName);
    if (!queue || (QueueOwnerAWSAccountId ?? env.accountId) !== env.accountId) throw queueDoesNotExist();
    return queue;
  };
  return operation('sqs', 'GetQueueUrl', {
    accepts: 'all',
    access: (input) => queueAccess(find(input), 'GetQueueUrl'),
    handle: (input) => ({ QueueUrl: find(input).url }),
  });
};
