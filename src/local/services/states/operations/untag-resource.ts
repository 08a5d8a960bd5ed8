import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { setTags, tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export const untagResource = (context: StatesContext) =>
  operation('states', 'UntagResource', {
    accepts: 'all',
    access: ({ resourceArn: resource = '' }) => ({ action: 'states:UntagResource', resource }),
    handle({ resourceArn = '', tagKeys = [] }) {
      const left = Object.entries(tagsOf(context, resourceArn)).filter(([key]) => !tagKeys.includes(key));
      setTags(context, resourceArn, Object.fromEntries(left));
      return {};
    },
  });
