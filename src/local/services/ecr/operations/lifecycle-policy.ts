/**
 * The lifecycle policy: kept and answered; images are not expired locally, so nothing disappears under a test.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
import type {
  DeleteLifecyclePolicyCommandInput,
  DeleteLifecyclePolicyResponse,
  GetLifecyclePolicyCommandInput,
  GetLifecyclePolicyResponse,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyResponse,
} from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../../service.ts';
import type { EcrContext, RepositoryRecord } from '../context.ts';
import { invalidParameter } from '../errors.ts';

const answer = (context: EcrContext, { name, lifecyclePolicyText }: RepositoryRecord) => {
  if (lifecyclePolicyText === undefined)
    throw new AwsError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${context.env.accountId}'`,
    );
  return { registryId: context.env.accountId, repositoryName: name, lifecyclePolicyText };
};

export const putLifecyclePolicy = (context: EcrContext) =>
  operation<PutLifecyclePolicyCommandInput, PutLifecyclePolicyResponse>({
    name: 'PutLifecyclePolicy',
    accepts: 'all',
    access: (input) => context.check('PutLifecyclePolicy', input.repositoryName, input.registryId),
    handle({ repositoryName, lifecyclePolicyText = '' }) {
      try {
        const policy = JSON.parse(lifecyclePolicyText) as { rules?: unknown };
        if (!Array.isArray(policy.rules)) throw new Error('there is no list of rules');
      } catch (error) {
        throw invalidParameter(
          `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${error instanceof Error ? error.message : String(error)}'`,
        );
      }
      const record = { ...context.repository(repositoryName), lifecyclePolicyText };
      context.repositories.put(record.name, record);
      return answer(context, record);
    },
  });

export const getLifecyclePolicy = (context: EcrContext) =>
  operation<GetLifecyclePolicyCommandInput, GetLifecyclePolicyResponse>({
    name: 'GetLifecyclePolicy',
    accepts: 'all',
    access: (input) => context.check('GetLifecyclePolicy', input.repositoryName, input.registryId),
    handle: ({ repositoryName }) => answer(context, context.repository(repositoryName)),
  });

export const deleteLifecyclePolicy = (context: EcrContext) =>
  operation<DeleteLifecyclePolicyCommandInput, DeleteLifecyclePolicyResponse>({
    name: 'DeleteLifecyclePolicy',
    accepts: 'all',
    access: (input) => context.check('DeleteLifecyclePolicy', input.repositoryName, input.registryId),
    handle({ repositoryName }) {
      const record = context.repository(repositoryName);
      const gone = answer(context, record);
      const { lifecyclePolicyText: _, ...rest } = record;
      context.repositories.put(record.name, rest);
      return gone;
    },
  });
