import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { lifecyclePolicyAnswer } from '../lifecycle-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
export const putLifecyclePolicy = (context: EcrContext) =>
  operation('ecr', 'PutLifecyclePolicy', {
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
      return lifecyclePolicyAnswer(context, record);
    },
  });
