import { operation } from '../../../service.ts';
import { changeRole, type IamContext, onRole, readTrustPolicy } from '../context.ts';
import { checkDocumentSize } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy = (context: IamContext) =>
  operation('iam', 'UpdateAssumeRolePolicy', {
    accepts: 'all',
    access: onRole(context, 'UpdateAssumeRolePolicy'),
    handle(input) {
      checkDocumentSize(input.PolicyDocument, 'ACLSizePerRole');
      const trustPolicy = readTrustPolicy(context, input.PolicyDocument);
      changeRole(context, input.RoleName, () => ({ trustPolicy }));
      return {};
    },
  });
