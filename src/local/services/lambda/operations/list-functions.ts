import { operation } from '../../../service.ts';
import { shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export const listFunctions = ({ env, records }: LambdaContext) =>
  operation('lambda', 'ListFunctions', {
    accepts: ['FunctionVersion', 'Marker', 'MaxItems'],
    access: () => ({ action: 'lambda:ListFunctions', resource: '*' }),
    handle(input) {
      const all = [...records.functions.values()].filter(
        (record) => input.FunctionVersion === 'ALL' || record.version === '$LATEST',
      );
      const { items, next } = page(all, input.Marker, input.MaxItems);
      return {
        Functions: items.map((record) =>
          shownConfiguration(record, env, {
            qualified: input.FunctionVersion === 'ALL',
            during: 'listing',
          }),
        ),
        NextMarker: next,
      };
    },
  });
