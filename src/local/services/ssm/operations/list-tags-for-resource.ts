import { tagList } from '../../../resource-tags.ts';
import { operation } from '../../../service.ts';
import { type SsmContext, taggedParameter } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: SsmContext) =>
  operation('ssm', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ ResourceId = '' }) => ({
      action: 'ssm:ListTagsForResource',
      resource: context.arn(ResourceId),
    }),
    handle: (input) => ({ TagList: tagList(context.tags.get(taggedParameter(context, input)) ?? {}) }),
  });
