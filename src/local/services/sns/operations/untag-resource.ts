import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';

export const untagResource = (context: SnsContext) =>
  operation('sns', 'UntagResource', {
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'UntagResource', ResourceArn, call),
    handle({ ResourceArn, TagKeys = [] }) {
      const topic = findTopic(context, ResourceArn);
      const tags = Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key));
      context.putTopic({ ...topic, tags: Object.fromEntries(tags) });
      return {};
    },
  });
