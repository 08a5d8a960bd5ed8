import type { TagResourceCommandInput, TagResourceResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';

export const tagResource = (context: SnsContext) =>
  operation<TagResourceCommandInput, TagResourceResponse>({
    name: 'TagResource',
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'TagResource', ResourceArn, call),
    handle({ ResourceArn, Tags = [] }) {
      const topic = findTopic(context, ResourceArn);
      const added = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.putTopic({ ...topic, tags: { ...topic.tags, ...added } });
      return {};
    },
  });
