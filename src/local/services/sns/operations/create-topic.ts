import { operation, thrownBy } from '../../../service.ts';
import { checkPrincipals, readTags, type SnsContext, topicArn } from '../context.ts';
import { amongAttributes, invalid } from '../errors.ts';
import { answeredAttributes, checkTopicAttribute, readTopicAttribute } from '../topic-attributes.ts';

const isTrue = (text: string | undefined) => /^true$/i.test(text ?? '');

/** Answers the topic there is, when nothing that is given differs from what it has. */
export const createTopic = (context: SnsContext) =>
  operation('sns', 'CreateTopic', {
    accepts: ['Name', 'Attributes', 'Tags'],
    access: ({ Name = '' }) => ({ action: 'sns:CreateTopic', resource: topicArn(context.env, Name) }),
    problems({ Name: name = '', Attributes = {}, Tags = [] }) {
      const fifo = isTrue(Attributes.FifoTopic);
      return thrownBy(
        () => {
          if (!/^[\w-]{1,256}$/.test(fifo ? name.replace(/\.fifo$/, '') : name) || name.length > 256)
            throw invalid('Topic Name');
          if (fifo && !name.endsWith('.fifo')) throw invalid('Topic Name');
        },
        ...Object.entries(Attributes).map(([key, value]) => () => {
          if (key === 'FifoTopic') return;
          amongAttributes(() => checkTopicAttribute(key, value, fifo));
        }),
        () => readTags(Tags),
      );
    },
    handle({ Name: name = '', Attributes = {}, Tags = [] }) {
      const arn = topicArn(context.env, name);
      checkPrincipals(context, Attributes.Policy);
      const { FifoTopic: _, ...given } = Attributes;
      const attributes = Object.fromEntries(
        Object.entries(given).map(([key, value]) => [key, readTopicAttribute(key, value)]),
      );
      const tags = readTags(Tags);
      const existing = context.topics.get(arn);
      if (!existing) {
        context.putTopic({ name, arn, attributes, tags });
        return { TopicArn: arn };
      }
      const has = answeredAttributes(context.env, existing);
      if (Object.entries(attributes).some(([key, value]) => has[key] !== value))
        throw invalid('Attributes Reason: Topic already exists with different attributes');
      if (Object.entries(tags).some(([key, value]) => existing.tags[key] !== value))
        throw invalid('Tags Reason: Topic already exists with different tags');
      return { TopicArn: arn };
    },
  });
