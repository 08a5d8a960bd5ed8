import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { checkedMapping, mappingAccess, mappingOf, shownMapping } from '../mapping-settings.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export const updateEventSourceMapping = (context: LambdaContext) =>
  operation('lambda', 'UpdateEventSourceMapping', {
    accepts: [
      'UUID',
      'FunctionName',
      'Enabled',
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'FunctionResponseTypes',
      'ScalingConfig',
      ...(['FilterCriteria', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts'] as const),
      ...(['MaximumRecordAgeInSeconds', 'DestinationConfig', 'ParallelizationFactor'] as const),
      'TumblingWindowInSeconds',
    ],
    access: (input) => mappingAccess(context, 'UpdateEventSourceMapping', input.UUID, input.FunctionName),
    async handle(input) {
      const { env, records, mappings } = context;
      const record = await checkedMapping(context, input, mappingOf(context, input.UUID));
      records.mappings.put(record.id, record);
      mappings.apply(record.id);
      return shownMapping(record, env);
    },
  });
