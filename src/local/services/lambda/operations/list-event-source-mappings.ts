import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { shownMapping } from '../mapping-settings.ts';
import { readFunctionName } from '../names.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export const listEventSourceMappings = (context: LambdaContext) =>
  operation('lambda', 'ListEventSourceMappings', {
    accepts: 'all',
    access: () => ({ action: 'lambda:ListEventSourceMappings', resource: '*' }),
    handle(input) {
      const { env, records } = context;
      const name = input.FunctionName ? readFunctionName(input.FunctionName, env).name : undefined;
      const all = [...records.mappings.values()].filter(
        (mapping) =>
          (name === undefined || mapping.functionName === name) &&
          (!input.EventSourceArn || mapping.sourceArn === input.EventSourceArn),
      );
      const { items, next } = page(all, input.Marker, input.MaxItems);
      return { EventSourceMappings: items.map((mapping) => shownMapping(mapping, env)), NextMarker: next };
    },
  });
