import { operation } from '../../../service.ts';
import { findPolicy, type IamContext, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = (context: IamContext) =>
  operation('iam', 'ListPolicyVersions', {
    accepts: ['PolicyArn'],
    access: onPolicy('ListPolicyVersions'),
    handle(input) {
      const policy = findPolicy(context, input.PolicyArn);
      return {
        Versions: policy.versions.map(({ id, createdAt }) => ({
          VersionId: id,
          IsDefaultVersion: id === policy.defaultVersionId,
          CreateDate: new Date(createdAt),
        })),
        IsTruncated: false,
      };
    },
  });
