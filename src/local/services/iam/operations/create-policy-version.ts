import { AwsError, operation } from '../../../service.ts';
import { findPolicy, type IamContext, onPolicy, readManagedPolicy } from '../context.ts';
import { checkDocumentSize } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion = (context: IamContext) =>
  operation('iam', 'CreatePolicyVersion', {
    accepts: 'all',
    access: onPolicy('CreatePolicyVersion'),
    handle(input) {
      const policy = findPolicy(context, input.PolicyArn);
      if (policy.versions.length >= 5)
        throw new AwsError(
          'LimitExceededException',
          'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
          409,
        );
      checkDocumentSize(input.PolicyDocument, 'PolicySize');
      const id = `v${Math.max(...policy.versions.map((version) => Number(version.id.slice(1)))) + 1}`;
      const createdAt = context.env.clock.now();
      const versions = [
        ...policy.versions,
        { id, document: readManagedPolicy(input.PolicyDocument), createdAt },
      ];
      context.identities.policies.put(policy.arn, {
        ...policy,
        versions,
        defaultVersionId: input.SetAsDefault ? id : policy.defaultVersionId,
      });
      context.identities.changed();
      return {
        PolicyVersion: {
          VersionId: id,
          IsDefaultVersion: input.SetAsDefault ?? false,
          CreateDate: new Date(createdAt),
        },
      };
    },
  });
