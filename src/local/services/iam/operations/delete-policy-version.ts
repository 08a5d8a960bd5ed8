import { operation } from '../../../service.ts';
import { conflict, findPolicy, type IamContext, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion = (context: IamContext) =>
  operation('iam', 'DeletePolicyVersion', {
    accepts: 'all',
    access: onPolicy('DeletePolicyVersion'),
    handle(input) {
      const policy = findPolicy(context, input.PolicyArn);
      if (policy.defaultVersionId === input.VersionId)
        throw conflict('Cannot delete the default version of a policy.');
      context.identities.policies.put(policy.arn, {
        ...policy,
        versions: policy.versions.filter((version) => version.id !== input.VersionId),
      });
      return {};
    },
  });
