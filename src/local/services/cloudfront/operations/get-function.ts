import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { findFunction, findStage, functionArn } from '../functions/records.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetFunction.html */
export const getFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'GetFunction', {
    accepts: ['Name', 'Stage'],
    access: ({ Name }) => ({ action: 'cloudfront:GetFunction', resource: functionArn(context, Name) }),
    handle({ Name, Stage }) {
      const { code, etag } = findStage(findFunction(context, Name), Stage);
      return { FunctionCode: code, ETag: etag, ContentType: 'application/octet-stream' };
    },
  });
