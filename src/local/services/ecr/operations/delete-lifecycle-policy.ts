import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { lifecyclePolicyAnswer } from '../lifecycle-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteLifecyclePolicy.html */
export const deleteLifecyclePolicy = (context: EcrContext) =>
  operation('ecr', 'DeleteLifecyclePolicy', {
    accepts: 'all',
    access: (input) => context.check('DeleteLifecyclePolicy', input.repositoryName, input.registryId),
    handle({ repositoryName }) {
      const record = context.repository(repositoryName);
      const gone = lifecyclePolicyAnswer(context, record);
      const { lifecyclePolicyText: _, ...rest } = record;
      context.repositories.put(record.name, rest);
      return gone;
    },
  });
