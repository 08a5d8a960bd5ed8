import { operation } from '../../../service.ts';
import { conflict, describePolicy, findPolicy, type IamContext, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy = (context: IamContext) =>
  operation('iam', 'DeletePolicy', {
    accepts: 'all',
    access: onPolicy('DeletePolicy'),
    handle(input) {
      const policy = findPolicy(context, input.PolicyArn);
      if (describePolicy(context, policy).AttachmentCount > 0)
        throw conflict('Cannot delete a policy attached to entities.');
      if (policy.versions.length > 1)
        throw conflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      context.identities.policies.delete(policy.arn);
      context.identities.changed();
      return {};
    },
  });
