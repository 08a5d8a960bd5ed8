/**
 * The lifecycle policy: kept and answered; images are not expired locally, so nothing disappears under a test.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
import { AwsError } from '../../service.ts';
import type { EcrContext, RepositoryRecord } from './context.ts';

export const lifecyclePolicyAnswer = (
  context: EcrContext,
  { name, lifecyclePolicyText }: RepositoryRecord,
) => {
  if (lifecyclePolicyText === undefined)
    throw new AwsError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${context.env.accountId}'`,
    );
  return { registryId: context.env.accountId, repositoryName: name, lifecyclePolicyText };
};
