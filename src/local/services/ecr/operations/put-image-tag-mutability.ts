import { operation, unsupported } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
export const putImageTagMutability = (context: EcrContext) =>
  operation('ecr', 'PutImageTagMutability', {
    accepts: ['registryId', 'repositoryName', 'imageTagMutability'],
    access: (input) => context.check('PutImageTagMutability', input.repositoryName, input.registryId),
    handle({ repositoryName, imageTagMutability: tagMutability = 'MUTABLE' }) {
      if (tagMutability !== 'MUTABLE' && tagMutability !== 'IMMUTABLE')
        throw unsupported(`the imageTagMutability ${tagMutability}`);
      const record = { ...context.repository(repositoryName), tagMutability };
      context.repositories.put(record.name, record);
      return {
        registryId: context.env.accountId,
        repositoryName: record.name,
        imageTagMutability: tagMutability,
      };
    },
  });
