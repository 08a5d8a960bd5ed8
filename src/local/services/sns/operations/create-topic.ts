import { operation, thrownBy, unsupported } from '../../../service.ts';
import { checkTopicAttribute, type SnsContext, topicArn } from '../context.ts';
import { invalid } from '../errors.ts';

/** Answers the topic there is; attributes are set when it is made. FIFO topics are refused. */
export const createTopic = (context: SnsContext) =>
  operation('sns', 'CreateTopic', {
    accepts: ['Name', 'Attributes', 'Tags'],
    access: ({ Name = '' }) => ({ action: 'sns:CreateTopic', resource: topicArn(context.env, Name) }),
    *problems({ Name: name = '', Attributes = {} }) {
      if (name.endsWith('.fifo') || Attributes.FifoTopic === 'true') yield unsupported('FIFO topics');
      else if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) yield invalid('Topic Name');
      for (const [key, value] of Object.entries(Attributes))
        yield* thrownBy(() => checkTopicAttribute(key, value));
    },
    handle({ Name: name = '', Attributes = {}, Tags = [] }) {
      const arn = topicArn(context.env, name);
      if (context.topics.has(arn)) return { TopicArn: arn };
      const { FifoTopic: _, ...attributes } = Attributes;
      const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.putTopic({ name, arn, attributes, tags });
      return { TopicArn: arn };
    },
  });
