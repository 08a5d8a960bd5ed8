import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { describeRepository } from '../describe.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
export const describeRepositories = (context: EcrContext) =>
  operation('ecr', 'DescribeRepositories', {
    accepts: 'all',
    access: ({ repositoryNames, registryId }) =>
      repositoryNames?.length
        ? repositoryNames.map((name) => context.check('DescribeRepositories', name, registryId))
        : { action: 'ecr:DescribeRepositories', resource: context.arn('*') },
    handle(input) {
      const all = input.repositoryNames?.length
        ? input.repositoryNames.map((name) => context.repository(name))
        : [...context.repositories.values()];
      const { items, next } = page(all, input.nextToken, input.maxResults);
      return { repositories: items.map((record) => describeRepository(context, record)), nextToken: next };
    },
  });
