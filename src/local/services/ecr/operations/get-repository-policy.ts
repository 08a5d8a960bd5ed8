import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { repositoryPolicyAnswer } from '../repository-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetRepositoryPolicy.html */
export const getRepositoryPolicy = (context: EcrContext) =>
  operation('ecr', 'GetRepositoryPolicy', {
    accepts: 'all',
    access: (input) => context.check('GetRepositoryPolicy', input.repositoryName, input.registryId),
    handle: ({ repositoryName }) => repositoryPolicyAnswer(context, context.repository(repositoryName)),
  });
