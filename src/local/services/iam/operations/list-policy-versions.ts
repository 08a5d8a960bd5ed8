import { operation } from '../../../service.ts';
import { findAnyPolicy, type IamContext, onPolicy, page } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html */
export const listPolicyVersions = (context: IamContext) =>
  operation('iam', 'ListPolicyVersions', {
    accepts: 'all',
    access: onPolicy('ListPolicyVersions'),
    handle(input) {
      const policy = findAnyPolicy(context, input.PolicyArn);
      const { items, next } = page(policy.versions, input.Marker, input.MaxItems);
      return {
        Versions: items.map(({ id, createdAt }) => ({
          VersionId: id,
          IsDefaultVersion: id === policy.defaultVersionId,
          CreateDate: new Date(createdAt),
        })),
        IsTruncated: next !== undefined,
        ...(next ? { Marker: next } : {}),
      };
    },
  });
