import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { tagRecord } from '../distributions.ts';
import { invalidArgument } from '../errors.ts';
import { checkCode, functionArn, summarizeFunction } from '../functions/records.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateFunction.html */
export const createFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'CreateFunction', {
    accepts: ['Name', 'FunctionConfig', 'FunctionCode', 'Tags'],
    access: ({ Name }) => ({ action: 'cloudfront:CreateFunction', resource: functionArn(context, Name) }),
    handle({ Name: name = '', FunctionConfig, FunctionCode, Tags }) {
      if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name))
        throw invalidArgument(`The function name must have 1 to 64 letters, digits, - and _, got "${name}".`);
      if (context.functions.has(name))
        throw new AwsError('FunctionAlreadyExists', `The function ${name} already exists.`, 409);
      const now = context.env.clock.now();
      const development = {
        ...checkCode(FunctionConfig, FunctionCode),
        etag: context.newId(),
        createdAt: now,
        modifiedAt: now,
      };
      const record = { name, development };
      context.functions.put(name, record);
      if (Tags?.Items?.length) context.tags.put(functionArn(context, name), tagRecord(Tags));
      return {
        FunctionSummary: summarizeFunction(context, record, 'DEVELOPMENT', development),
        Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${functionArn(context, name)}`,
        ETag: development.etag,
      };
    },
  });
