import type { MessageTarget } from '../../service.ts';
import { queueUrlOf } from '../../urls.ts';

/** A queue, by sqs:SendMessage. */
export const queueTarget: MessageTarget = {
  arns: /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w.-]+$/,
  async deliver(arn, { body, attributes, groupId, deduplicationId }, as, endpoint) {
    await as('sqs', 'SendMessage', {
      QueueUrl: queueUrlOf(arn, endpoint),
      MessageBody: body,
      ...(attributes ? { MessageAttributes: attributes } : {}),
      ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
      ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
    });
  },
};
