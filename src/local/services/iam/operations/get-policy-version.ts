import { operation } from '../../../service.ts';
import { encodeDocument, findPolicy, type IamContext, notFound, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = (context: IamContext) =>
  operation('iam', 'GetPolicyVersion', {
    accepts: 'all',
    access: onPolicy('GetPolicyVersion'),
    handle(input) {
      const policy = findPolicy(context, input.PolicyArn);
      const version = policy.versions.find(({ id }) => id === input.VersionId);
      if (!version) throw notFound(`Policy ${policy.arn} version ${input.VersionId} does not exist.`);
      return {
        PolicyVersion: {
          Document: encodeDocument(version.document),
          VersionId: version.id,
          IsDefaultVersion: version.id === policy.defaultVersionId,
          CreateDate: new Date(version.createdAt),
        },
      };
    },
  });
