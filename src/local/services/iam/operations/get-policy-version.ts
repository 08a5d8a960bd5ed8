import { AwsError, operation } from '../../../service.ts';
import { encodeDocument, findAnyPolicy, type IamContext, notFound, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion = (context: IamContext) =>
  operation('iam', 'GetPolicyVersion', {
    accepts: 'all',
    access: onPolicy('GetPolicyVersion'),
    handle(input) {
      const policy = findAnyPolicy(context, input.PolicyArn);
      const version = policy.versions.find(({ id }) => id === input.VersionId);
      if (!version) throw notFound(`Policy ${policy.arn} version ${input.VersionId} does not exist.`);
      if (!version.document)
        throw new AwsError(
          'NotImplemented',
          `Slipway has the document of the default version, ${policy.defaultVersionId}, of AWS's policy ${policy.arn}, and of its older versions only the dates.`,
          501,
        );
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
