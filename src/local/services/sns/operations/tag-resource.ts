import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';

export const tagResource = (context: SnsContext) =>
  operation('sns', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'TagResource', ResourceArn, call),
    handle({ ResourceArn, Tags = [] }) {
      const topic = findTopic(context, ResourceArn);
      const added = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.putTopic({ ...topic, tags: { ...topic.tags, ...added } });
      return {};
    },
  });
