import { operation, unsupported } from '../../../service.ts';
import { describePolicy, type IamContext } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies = (context: IamContext) =>
  operation('iam', 'ListPolicies', {
    accepts: ['Scope', 'PathPrefix'],
    access: () => ({ action: 'iam:ListPolicies', resource: '*' }),
    handle(input) {
      if (input.Scope === 'AWS') throw unsupported('the Scope AWS of iam:ListPolicies');
      const prefix = input.PathPrefix ?? '/';
      return {
        Policies: [...context.identities.policies.values()]
          .filter((policy) => policy.path.startsWith(prefix))
          .map((policy) => describePolicy(context, policy)),
        IsTruncated: false,
      };
    },
  });
