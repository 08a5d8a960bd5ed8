import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { findFunction, findStage, functionArn, summarizeFunction } from '../functions/records.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DescribeFunction.html */
export const describeFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'DescribeFunction', {
    accepts: ['Name', 'Stage'],
    access: ({ Name }) => ({ action: 'cloudfront:DescribeFunction', resource: functionArn(context, Name) }),
    handle({ Name, Stage }) {
      const record = findFunction(context, Name);
      const code = findStage(record, Stage);
      return {
        FunctionSummary: summarizeFunction(context, record, Stage ?? 'DEVELOPMENT', code),
        ETag: code.etag,
      };
    },
  });
