import { operation, thrownBy } from '../../../service.ts';
import { checkPrincipals, checkTags, type SqsContext } from '../context.ts';
import { newQueueProblems } from '../queues.ts';

/**
 * Kinder than AWS in one point: a name can be used again at once after DeleteQueue (AWS: after 60 seconds).
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export const createQueue = ({ env, queues }: SqsContext) =>
  operation('sqs', 'CreateQueue', {
    accepts: 'all',
    access: ({ QueueName, tags }) => {
      const resource = env.arn('sqs', QueueName ?? '');
      return [
        { action: 'sqs:CreateQueue', resource },
        ...(Object.keys(tags ?? {}).length > 0 ? [{ action: 'sqs:TagQueue', resource }] : []),
      ];
    },
    *problems({ QueueName = '', Attributes = {}, tags = {} }) {
      yield* newQueueProblems(QueueName, Attributes);
      yield* thrownBy(() => checkTags(tags));
    },
    handle({ QueueName = '', Attributes, tags }) {
      checkPrincipals({ env }, Attributes?.Policy);
      return { QueueUrl: queues.create(QueueName, Attributes ?? {}, tags ?? {}).url };
    },
  });
