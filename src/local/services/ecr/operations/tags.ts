/** Tags of a repository. https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
  TagResourceCommandInput,
  TagResourceResponse,
  UntagResourceCommandInput,
  UntagResourceResponse,
} from '@aws-sdk/client-ecr';
import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

const nameOf = (arn = '') => arn.slice(arn.indexOf(':repository/') + ':repository/'.length);

export const tagResource = (context: EcrContext) =>
  operation<TagResourceCommandInput, TagResourceResponse>({
    name: 'TagResource',
    accepts: 'all',
    access: ({ resourceArn }) => context.check('TagResource', nameOf(resourceArn)),
    handle({ resourceArn, tags = [] }) {
      const record = context.repository(nameOf(resourceArn));
      const added = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.repositories.put(record.name, { ...record, tags: { ...record.tags, ...added } });
      return {};
    },
  });

export const untagResource = (context: EcrContext) =>
  operation<UntagResourceCommandInput, UntagResourceResponse>({
    name: 'UntagResource',
    accepts: 'all',
    access: ({ resourceArn }) => context.check('UntagResource', nameOf(resourceArn)),
    handle({ resourceArn, tagKeys = [] }) {
      const record = context.repository(nameOf(resourceArn));
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !tagKeys.includes(key)));
      context.repositories.put(record.name, { ...record, tags });
      return {};
    },
  });

export const listTagsForResource = (context: EcrContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ resourceArn }) => context.check('ListTagsForResource', nameOf(resourceArn)),
    handle: ({ resourceArn }) => ({
      tags: Object.entries(context.repository(nameOf(resourceArn)).tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  });
