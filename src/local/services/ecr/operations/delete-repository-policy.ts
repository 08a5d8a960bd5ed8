import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { repositoryPolicyAnswer } from '../repository-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepositoryPolicy.html */
export const deleteRepositoryPolicy = (context: EcrContext) =>
  operation('ecr', 'DeleteRepositoryPolicy', {
    accepts: 'all',
    access: (input) => context.check('DeleteRepositoryPolicy', input.repositoryName, input.registryId),
    handle({ repositoryName }) {
      const record = context.repository(repositoryName);
      const gone = repositoryPolicyAnswer(context, record);
      const { policyText: _, ...rest } = record;
      context.repositories.put(record.name, rest);
      return gone;
    },
  });
