import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { repositoryOfArn } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html */
export const tagResource = (context: EcrContext) =>
  operation('ecr', 'TagResource', {
    accepts: 'all',
    access: ({ resourceArn }) => context.check('TagResource', repositoryOfArn(resourceArn)),
    handle({ resourceArn, tags = [] }) {
      const record = context.repository(repositoryOfArn(resourceArn));
      const added = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.repositories.put(record.name, { ...record, tags: { ...record.tags, ...added } });
      return {};
    },
  });
