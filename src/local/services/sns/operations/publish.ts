import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { deliverAll } from '../fan-out.ts';
import { readMessage } from '../publish.ts';

/** To a topic. Direct messages to phones and devices are refused. */
export const publish = (context: SnsContext) =>
  operation('sns', 'Publish', {
    accepts: [
      'TopicArn',
      'Message',
      'Subject',
      'MessageStructure',
      'MessageAttributes',
      'MessageDeduplicationId',
    ],
    access: ({ TopicArn }, call) => onTopic(context, 'Publish', TopicArn, call),
    async handle(input) {
      const topic = findTopic(context, input.TopicArn);
      const message = readMessage(context, input);
      await deliverAll(context, topic, message);
      return { MessageId: message.id };
    },
  });
