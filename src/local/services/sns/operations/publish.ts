import { operation, thrownBy } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { checkForTopic, checkMessage, publishTo } from '../publish.ts';

/** To a topic. Direct messages to phones and devices are refused. */
export const publish = (context: SnsContext) =>
  operation('sns', 'Publish', {
    accepts: [
      'TopicArn',
      'TargetArn',
      'Message',
      'Subject',
      'MessageStructure',
      'MessageAttributes',
      'MessageGroupId',
      'MessageDeduplicationId',
    ],
    access: ({ TopicArn, TargetArn }, call) => onTopic(context, 'Publish', target(TopicArn, TargetArn), call),
    problems: (input) => thrownBy(() => checkMessage(input)),
    handle(input) {
      const topic = findTopic(context, target(input.TopicArn, input.TargetArn));
      checkForTopic(topic, input);
      return publishTo(context, topic, input);
    },
  });

/** Mobile endpoints are no targets here: there are none. */
function target(topic: string | undefined, other: string | undefined): string | undefined {
  if (other?.includes(':endpoint/'))
    throw invalid('TargetArn Reason: No endpoint found for the target arn specified');
  return topic ?? other;
}
