import { operation, thrownBy } from '../../../service.ts';
import { checkPrincipals, findTopic, onTopic, type SnsContext } from '../context.ts';
import { checkTopicAttribute, readTopicAttribute } from '../topic-attributes.ts';

export const setTopicAttributes = (context: SnsContext) =>
  operation('sns', 'SetTopicAttributes', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'SetTopicAttributes', TopicArn, call),
    problems: ({ TopicArn = '', AttributeName = '', AttributeValue = '' }) =>
      thrownBy(() => checkTopicAttribute(AttributeName, AttributeValue, TopicArn.endsWith('.fifo'))),
    handle({ TopicArn, AttributeName = '', AttributeValue = '' }) {
      const topic = findTopic(context, TopicArn);
      if (AttributeName === 'Policy') checkPrincipals(context, AttributeValue);
      const { [AttributeName]: _, ...rest } = topic.attributes;
      const value = readTopicAttribute(AttributeName, AttributeValue);
      context.putTopic({ ...topic, attributes: value === '' ? rest : { ...rest, [AttributeName]: value } });
      return {};
    },
  });
