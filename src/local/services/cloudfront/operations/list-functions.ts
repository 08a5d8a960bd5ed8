import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { summarizeFunction } from '../functions/records.ts';
import { page } from '../page.ts';

/** Both stages unless one is asked for. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListFunctions.html */
export const listFunctions = (context: CloudFrontContext) =>
  operation('cloudfront', 'ListFunctions', {
    accepts: ['Marker', 'MaxItems', 'Stage'],
    access: () => ({ action: 'cloudfront:ListFunctions', resource: '*' }),
    handle(input) {
      const stages = [...context.functions.values()].flatMap((record) => [
        { record, stage: 'DEVELOPMENT' as const, code: record.development },
        ...(record.live ? [{ record, stage: 'LIVE' as const, code: record.live }] : []),
      ]);
      return {
        FunctionList: page(
          stages.filter(({ stage }) => input.Stage === undefined || input.Stage === stage),
          input,
          ({ record, stage, code }) => summarizeFunction(context, record, stage, code),
        ),
      };
    },
  });
