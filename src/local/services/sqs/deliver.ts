import { parseArn } from '../../../core/arn.ts';
import type { MessageTarget } from '../../service.ts';

/** A queue, by sqs:SendMessage. */
export const queueTarget: MessageTarget = {
  arns: /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/,
  async deliver(arn, { body, attributes, groupId, deduplicationId }, as, endpoint) {
    const { account, resource: name } = parseArn(arn) ?? {};
    await as('sqs', 'SendMessage', {
      QueueUrl: `${endpoint}/${account}/${name}`,
      MessageBody: body,
      ...(attributes ? { MessageAttributes: attributes } : {}),
      ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
      ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
    });
  },
};
