import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { lifecyclePolicyAnswer } from '../lifecycle-policy.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetLifecyclePolicy.html */
export const getLifecyclePolicy = (context: EcrContext) =>
  operation('ecr', 'GetLifecyclePolicy', {
    accepts: 'all',
    access: (input) => context.check('GetLifecyclePolicy', input.repositoryName, input.registryId),
    handle: ({ repositoryName }) => lifecyclePolicyAnswer(context, context.repository(repositoryName)),
  });
