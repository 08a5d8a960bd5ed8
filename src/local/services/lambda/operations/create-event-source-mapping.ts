import { operation, thrownBy } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { conflict } from '../errors.ts';
import { readFilters } from '../filters.ts';
import { checkedMapping, mappingAccess, shownMapping, sourceProblems } from '../mapping-settings.ts';

/** Queues and streams of tables; other sources and metrics are refused by name. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const createEventSourceMapping = (context: LambdaContext) =>
  operation('lambda', 'CreateEventSourceMapping', {
    accepts: [
      'EventSourceArn',
      'FunctionName',
      'Enabled',
      'BatchSize',
      'MaximumBatchingWindowInSeconds',
      'FunctionResponseTypes',
      'ScalingConfig',
      ...(['FilterCriteria', 'BisectBatchOnFunctionError', 'MaximumRetryAttempts'] as const),
      ...(['MaximumRecordAgeInSeconds', 'DestinationConfig', 'ParallelizationFactor'] as const),
      ...(['StartingPosition', 'TumblingWindowInSeconds'] as const),
      'Tags',
    ],
    access: (input) => mappingAccess(context, 'CreateEventSourceMapping', undefined, input.FunctionName),
    *problems(input) {
      yield* sourceProblems(input);
      yield* thrownBy(() => readFilters(input.FilterCriteria));
    },
    async handle(input) {
      const { env, records, mappings } = context;
      const record = await checkedMapping(context, input);
      for (const other of records.mappings.values())
        if (other.sourceArn === record.sourceArn && other.functionName === record.functionName)
          throw conflict(
            `An event source mapping with SQS arn ("${record.sourceArn}") and function ("${record.functionName}") already exists. Please update or delete the existing mapping with UUID ${other.id}`,
          );
      records.mappings.put(record.id, record);
      mappings.apply(record.id);
      return shownMapping(record, env, 'Creating');
    },
  });
