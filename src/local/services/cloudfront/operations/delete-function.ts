import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkIfMatch } from '../errors.ts';
import { associated, findFunction, functionArn } from '../functions/records.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteFunction.html */
export const deleteFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'DeleteFunction', {
    accepts: ['Name', 'IfMatch'],
    access: ({ Name }) => ({ action: 'cloudfront:DeleteFunction', resource: functionArn(context, Name) }),
    handle({ Name, IfMatch }) {
      const { name, development } = findFunction(context, Name);
      checkIfMatch(IfMatch, development.etag);
      const user = associated(context, name);
      if (user)
        throw new AwsError(
          'FunctionInUse',
          `Cannot delete the function ${name} because the distribution ${user} uses it.`,
          409,
        );
      context.functions.delete(name);
      context.tags.delete(functionArn(context, name));
      return {};
    },
  });
