import type { ListQueuesCommandInput, ListQueuesResult } from '@aws-sdk/client-sqs';
import { operation, type ServiceEnvironment } from '../../../service.ts';

export const listQueues = (env: ServiceEnvironment) =>
  operation<ListQueuesCommandInput, ListQueuesResult>({
    name: 'ListQueues',
    accepts: ['QueueNamePrefix'],
    access: () => ({ action: 'sqs:ListQueues', resource: `arn:aws:sqs:${env.region}:${env.accountId}:*` }),
    handle: () => ({ QueueUrls: [`${env.endpoint}/${env.accountId}/a`] }),
  });
