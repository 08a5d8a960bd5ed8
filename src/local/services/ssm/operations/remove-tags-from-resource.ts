import { operation } from '../../../service.ts';
import { type SsmContext, taggedParameter } from '../context.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export const removeTagsFromResource = (context: SsmContext) =>
  operation('ssm', 'RemoveTagsFromResource', {
    accepts: 'all',
    access: ({ ResourceId = '' }) => ({
      action: 'ssm:RemoveTagsFromResource',
      resource: context.arn(ResourceId),
    }),
    handle(input) {
      const name = taggedParameter(context, input);
      const kept = Object.entries(context.tags.get(name) ?? {}).filter(
        ([key]) => !input.TagKeys?.includes(key),
      );
      context.tags.put(name, Object.fromEntries(kept));
      return {};
    },
  });
