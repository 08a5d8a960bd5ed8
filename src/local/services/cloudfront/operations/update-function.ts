import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkIfMatch } from '../errors.ts';
import { checkCode, findFunction, functionArn, summarizeFunction } from '../functions/records.ts';

/** Changes the development stage only. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateFunction.html */
export const updateFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'UpdateFunction', {
    accepts: ['Name', 'IfMatch', 'FunctionConfig', 'FunctionCode'],
    access: ({ Name }) => ({ action: 'cloudfront:UpdateFunction', resource: functionArn(context, Name) }),
    handle({ Name, IfMatch, FunctionConfig, FunctionCode }) {
      const kept = findFunction(context, Name);
      checkIfMatch(IfMatch, kept.development.etag);
      const development = {
        ...kept.development,
        ...checkCode(FunctionConfig, FunctionCode),
        etag: context.newId(),
        modifiedAt: context.env.clock.now(),
      };
      const record = { ...kept, development };
      context.functions.put(kept.name, record);
      return {
        FunctionSummary: summarizeFunction(context, record, 'DEVELOPMENT', development),
        ETag: development.etag,
      };
    },
  });
