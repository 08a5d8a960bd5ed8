/**
 * The repository's own policy: set, read, delete.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
import { AwsError } from '../../service.ts';
import type { EcrContext, RepositoryRecord } from './context.ts';

export const repositoryPolicyAnswer = (context: EcrContext, { name, policyText }: RepositoryRecord) => {
  if (policyText === undefined)
    throw new AwsError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${context.env.accountId}'`,
    );
  return { registryId: context.env.accountId, repositoryName: name, policyText };
};
