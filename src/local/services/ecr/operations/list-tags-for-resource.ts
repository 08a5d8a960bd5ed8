import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { repositoryOfArn } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: EcrContext) =>
  operation('ecr', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ resourceArn }) => context.check('ListTagsForResource', repositoryOfArn(resourceArn)),
    handle: ({ resourceArn }) => ({
      tags: Object.entries(context.repository(repositoryOfArn(resourceArn)).tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  });
