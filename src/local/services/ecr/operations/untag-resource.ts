import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { repositoryOfArn } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: EcrContext) =>
  operation('ecr', 'UntagResource', {
    accepts: 'all',
    access: ({ resourceArn }) => context.check('UntagResource', repositoryOfArn(resourceArn)),
    handle({ resourceArn, tagKeys = [] }) {
      const record = context.repository(repositoryOfArn(resourceArn));
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !tagKeys.includes(key)));
      context.repositories.put(record.name, { ...record, tags });
      return {};
    },
  });
