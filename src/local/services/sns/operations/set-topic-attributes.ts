import { operation } from '../../../service.ts';
import { checkTopicAttribute, findTopic, onTopic, type SnsContext } from '../context.ts';

export const setTopicAttributes = (context: SnsContext) =>
  operation('sns', 'SetTopicAttributes', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'SetTopicAttributes', TopicArn, call),
    handle({ TopicArn, AttributeName = '', AttributeValue = '' }) {
      const topic = findTopic(context, TopicArn);
      checkTopicAttribute(AttributeName, AttributeValue);
      const { [AttributeName]: _, ...rest } = topic.attributes;
      context.putTopic({
        ...topic,
        attributes: AttributeValue === '' ? rest : { ...rest, [AttributeName]: AttributeValue },
      });
      return {};
    },
  });
