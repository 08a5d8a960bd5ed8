import { operation, thrownBy } from '../../../service.ts';
import { changeRole, checkName, type IamContext, onRole, readDocument } from '../context.ts';
import { checkInlineSize } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy = (context: IamContext) =>
  operation('iam', 'PutRolePolicy', {
    accepts: 'all',
    access: onRole(context, 'PutRolePolicy'),
    problems: ({ PolicyName, PolicyDocument }) =>
      thrownBy(
        () => checkName('policyName', PolicyName, 128),
        () => readDocument(PolicyDocument, 'identity'),
      ),
    handle(input) {
      const name = checkName('policyName', input.PolicyName, 128);
      const document = readDocument(input.PolicyDocument, 'identity');
      changeRole(context, input.RoleName, (role) => ({
        inlinePolicies: checkInlineSize({ ...role.inlinePolicies, [name]: document }, 'role', role.name),
      }));
      return {};
    },
  });
