import { operation, thrownBy } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { readMutability } from '../tag-mutability.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html */
export const putImageTagMutability = (context: EcrContext) =>
  operation('ecr', 'PutImageTagMutability', {
    accepts: ['registryId', 'repositoryName', 'imageTagMutability'],
    access: (input) => context.check('PutImageTagMutability', input.repositoryName, input.registryId),
    problems: ({ imageTagMutability }) => thrownBy(() => readMutability(imageTagMutability)),
    handle({ repositoryName, imageTagMutability }) {
      const tagMutability = readMutability(imageTagMutability);
      const record = { ...context.repository(repositoryName), tagMutability };
      context.repositories.put(record.name, record);
      return {
        registryId: context.env.accountId,
        repositoryName: record.name,
        imageTagMutability: tagMutability,
      };
    },
  });
