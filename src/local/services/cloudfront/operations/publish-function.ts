import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkIfMatch } from '../errors.ts';
import { findFunction, functionArn, summarizeFunction } from '../functions/records.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublishFunction.html */
export const publishFunction = (context: CloudFrontContext) =>
  operation('cloudfront', 'PublishFunction', {
    accepts: ['Name', 'IfMatch'],
    access: ({ Name }) => ({ action: 'cloudfront:PublishFunction', resource: functionArn(context, Name) }),
    handle({ Name, IfMatch }) {
      const kept = findFunction(context, Name);
      checkIfMatch(IfMatch, kept.development.etag);
      const now = context.env.clock.now();
      const live = {
        ...kept.development,
        etag: context.newId(),
        createdAt: kept.live?.createdAt ?? now,
        modifiedAt: now,
      };
      const record = { ...kept, live };
      context.functions.put(kept.name, record);
      return { FunctionSummary: summarizeFunction(context, record, 'LIVE', live) };
    },
  });
