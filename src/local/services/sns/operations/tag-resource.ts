import { AwsError, operation } from '../../../service.ts';
import { findTopic, onTopic, readTags, type SnsContext } from '../context.ts';

const maxTags = 50;

export const tagResource = (context: SnsContext) =>
  operation('sns', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'TagResource', ResourceArn, call),
    handle({ ResourceArn, Tags = [] }) {
      const topic = findTopic(context, ResourceArn);
      const tags = { ...topic.tags, ...readTags(Tags) };
      if (Object.keys(tags).length > maxTags)
        throw new AwsError(
          'TagLimitExceededException',
          'Could not complete request: tag quota of per resource exceeded',
        );
      context.putTopic({ ...topic, tags });
      return {};
    },
  });
