import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { mappingAccess, mappingOf, shownMapping } from '../mapping-settings.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export const getEventSourceMapping = (context: LambdaContext) =>
  operation('lambda', 'GetEventSourceMapping', {
    accepts: 'all',
    access: (input) => mappingAccess(context, 'GetEventSourceMapping', input.UUID),
    handle(input) {
      return shownMapping(mappingOf(context, input.UUID), context.env);
    },
  });
