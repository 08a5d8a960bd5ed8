import { AwsError, operation } from '../../../service.ts';
import { type SsmContext, taggedParameter } from '../context.ts';

const maxTags = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export const addTagsToResource = (context: SsmContext) =>
  operation('ssm', 'AddTagsToResource', {
    accepts: 'all',
    access: ({ ResourceId = '' }) => ({ action: 'ssm:AddTagsToResource', resource: context.arn(ResourceId) }),
    handle(input) {
      const name = taggedParameter(context, input);
      const added = Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      const tags = { ...context.tags.get(name), ...added };
      if (Object.keys(tags).length > maxTags)
        throw new AwsError('TooManyTagsError', `A resource can have at most ${maxTags} tags.`);
      context.tags.put(name, tags);
      return {};
    },
  });
