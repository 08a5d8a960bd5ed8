import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { mappingAccess, mappingOf, shownMapping } from '../mapping-settings.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export const deleteEventSourceMapping = (context: LambdaContext) =>
  operation('lambda', 'DeleteEventSourceMapping', {
    accepts: 'all',
    access: (input) => mappingAccess(context, 'DeleteEventSourceMapping', input.UUID),
    handle(input) {
      const mapping = mappingOf(context, input.UUID);
      context.records.mappings.delete(mapping.id);
      context.records.checkpoints.delete(mapping.id);
      context.mappings.apply(mapping.id);
      return { ...shownMapping(mapping, context.env), State: 'Deleting' };
    },
  });
