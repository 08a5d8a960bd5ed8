import type { MessageTarget } from '../../service.ts';

/** A topic, by sns:Publish. */
export const topicTarget: MessageTarget = {
  arns: /^arn:aws:sns:[a-z0-9-]+:\d{12}:[\w.-]+$/,
  async deliver(arn, { body, subject, attributes }, as) {
    await as('sns', 'Publish', {
      TopicArn: arn,
      Message: body,
      ...(subject === undefined ? {} : { Subject: subject }),
      ...(attributes ? { MessageAttributes: attributes } : {}),
    });
  },
};
