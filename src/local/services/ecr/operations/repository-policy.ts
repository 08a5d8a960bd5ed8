/**
 * The repository's own policy: set, read, delete.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
import type {
  DeleteRepositoryPolicyCommandInput,
  DeleteRepositoryPolicyResponse,
  GetRepositoryPolicyCommandInput,
  GetRepositoryPolicyResponse,
  SetRepositoryPolicyCommandInput,
  SetRepositoryPolicyResponse,
} from '@aws-sdk/client-ecr';
import { AwsError, operation } from '../../../service.ts';
import { type EcrContext, parseRepositoryPolicy, type RepositoryRecord } from '../context.ts';

const answer = (context: EcrContext, { name, policyText }: RepositoryRecord) => {
  if (policyText === undefined)
    throw new AwsError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${context.env.accountId}'`,
    );
  return { registryId: context.env.accountId, repositoryName: name, policyText };
};

export const setRepositoryPolicy = (context: EcrContext) =>
  operation<SetRepositoryPolicyCommandInput, SetRepositoryPolicyResponse>({
    name: 'SetRepositoryPolicy',
    accepts: 'all',
    access: (input) => context.check('SetRepositoryPolicy', input.repositoryName, input.registryId),
    handle({ repositoryName, policyText = '' }) {
      parseRepositoryPolicy(policyText);
      const record = { ...context.repository(repositoryName), policyText };
      context.repositories.put(record.name, record);
      return answer(context, record);
    },
  });

export const getRepositoryPolicy = (context: EcrContext) =>
  operation<GetRepositoryPolicyCommandInput, GetRepositoryPolicyResponse>({
    name: 'GetRepositoryPolicy',
    accepts: 'all',
    access: (input) => context.check('GetRepositoryPolicy', input.repositoryName, input.registryId),
    handle: ({ repositoryName }) => answer(context, context.repository(repositoryName)),
  });

export const deleteRepositoryPolicy = (context: EcrContext) =>
  operation<DeleteRepositoryPolicyCommandInput, DeleteRepositoryPolicyResponse>({
    name: 'DeleteRepositoryPolicy',
    accepts: 'all',
    access: (input) => context.check('DeleteRepositoryPolicy', input.repositoryName, input.registryId),
    handle({ repositoryName }) {
      const record = context.repository(repositoryName);
      const gone = answer(context, record);
      const { policyText: _, ...rest } = record;
      context.repositories.put(record.name, rest);
      return gone;
    },
  });
