import { operation, thrownBy } from '../../../service.ts';
import { type EcrContext, invalidRepositoryPolicy, parseRepositoryPolicy } from '../context.ts';
import { repositoryPolicyAnswer } from '../repository-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html */
export const setRepositoryPolicy = (context: EcrContext) =>
  operation('ecr', 'SetRepositoryPolicy', {
    accepts: 'all',
    access: (input) => context.check('SetRepositoryPolicy', input.repositoryName, input.registryId),
    problems: ({ policyText = '' }) => thrownBy(() => parseRepositoryPolicy(policyText)),
    handle({ repositoryName, policyText = '' }) {
      const [unknown] = context.env.unknownPrincipals(parseRepositoryPolicy(policyText));
      if (unknown !== undefined) throw invalidRepositoryPolicy(`the principal ${unknown} does not exist`);
      const record = { ...context.repository(repositoryName), policyText };
      context.repositories.put(record.name, record);
      return repositoryPolicyAnswer(context, record);
    },
  });
