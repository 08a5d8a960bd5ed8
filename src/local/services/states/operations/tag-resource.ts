import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { setTags, tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export const tagResource = (context: StatesContext) =>
  operation('states', 'TagResource', {
    accepts: 'all',
    access: ({ resourceArn: resource = '' }) => ({ action: 'states:TagResource', resource }),
    handle({ resourceArn = '', tags = [] }) {
      const added = Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
      setTags(context, resourceArn, { ...tagsOf(context, resourceArn), ...added });
      return {};
    },
  });
