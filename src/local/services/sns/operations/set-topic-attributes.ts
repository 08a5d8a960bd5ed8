import { operation, thrownBy } from '../../../service.ts';
import { checkTopicAttribute, findTopic, onTopic, type SnsContext } from '../context.ts';

export const setTopicAttributes = (context: SnsContext) =>
  operation('sns', 'SetTopicAttributes', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'SetTopicAttributes', TopicArn, call),
    problems: ({ AttributeName = '', AttributeValue = '' }) =>
      thrownBy(() => checkTopicAttribute(AttributeName, AttributeValue)),
    handle({ TopicArn, AttributeName = '', AttributeValue = '' }) {
      const topic = findTopic(context, TopicArn);
      const { [AttributeName]: _, ...rest } = topic.attributes;
      context.putTopic({
        ...topic,
        attributes: AttributeValue === '' ? rest : { ...rest, [AttributeName]: AttributeValue },
      });
      return {};
    },
  });
