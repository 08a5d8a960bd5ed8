import { lookup } from '../../../../core/lookup.ts';
import { operation } from '../../../service.ts';
import { encodeDocument, findRole, type IamContext, notFound, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = (context: IamContext) =>
  operation('iam', 'GetRolePolicy', {
    accepts: 'all',
    access: onRole(context, 'GetRolePolicy'),
    handle(input) {
      const document = lookup(findRole(context, input.RoleName).inlinePolicies, input.PolicyName ?? '');
      if (!document) throw notFound(`The role policy with name ${input.PolicyName} cannot be found.`);
      return {
        RoleName: input.RoleName,
        PolicyName: input.PolicyName,
        PolicyDocument: encodeDocument(document),
      };
    },
  });
