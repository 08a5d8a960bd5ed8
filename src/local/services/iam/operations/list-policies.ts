import { awsManagedPolicyArns } from '../../../../iam/aws-managed-policies.ts';
import { operation } from '../../../service.ts';
import { describePolicy, findAnyPolicy, type IamContext, page } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = (context: IamContext) =>
  operation('iam', 'ListPolicies', {
    accepts: 'all',
    access: () => ({ action: 'iam:ListPolicies', resource: '*' }),
    handle({ Scope = 'All', PathPrefix = '/', OnlyAttached, PolicyUsageFilter, Marker, MaxItems }) {
      const { policies } = context.identities;
      const arns = [
        ...(Scope === 'AWS' ? [] : [...policies.values()].map(({ arn }) => arn)),
        ...(Scope === 'Local' ? [] : awsManagedPolicyArns()),
      ].filter((arn) => arn.slice(arn.indexOf(':policy/') + ':policy'.length).startsWith(PathPrefix));
      const all = arns
        .map((arn) => describePolicy(context, findAnyPolicy(context, arn)))
        .filter((policy) => !OnlyAttached || policy.AttachmentCount > 0)
        .filter(
          (policy) =>
            PolicyUsageFilter === undefined ||
            (PolicyUsageFilter === 'PermissionsPolicy'
              ? policy.AttachmentCount
              : policy.PermissionsBoundaryUsageCount) > 0,
        );
      const { items, next } = page(all, Marker, MaxItems);
      return { Policies: items, IsTruncated: next !== undefined, ...(next ? { Marker: next } : {}) };
    },
  });
