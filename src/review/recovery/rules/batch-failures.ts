/** Event source mappings of streams without a retry limit or an on-failure destination. */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { recoveryRule } from './property-rule.ts';

export const batchFailures = recoveryRule({
  id: 'batch-failures',
  severity: 'medium',
  title: 'Stream consumers limit their retries and have an on-failure destination',
  why: 'By default a batch that fails is retried until its records expire, and its shard waits until then. A batch that is given up is lost unless there is a destination.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
  check: (context) => {
    for (const mapping of context.app.ofType('AWS::Lambda::EventSourceMapping')) {
      const source = textAt(mapping.properties, 'EventSourceArn');
      if (typeof source !== 'string' || !/:(kinesis|dynamodb):/.test(source)) continue;
      context.checked();
      const tries =
        valueAt(mapping.properties, 'MaximumRetryAttempts') ??
        valueAt(mapping.properties, 'MaximumRecordAgeInSeconds');
      const kept = valueAt(mapping.properties, 'DestinationConfig.OnFailure.Destination');
      if (tries !== undefined && kept !== undefined) continue;
      context.found({
        resource: mapping,
        title:
          tries === undefined
            ? `One bad record blocks a shard of ${mapping.name} until it expires`
            : `${mapping.name} loses the batches that it gives up`,
        fix: 'MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true and DestinationConfig.OnFailure',
        evidence: [
          {
            at: `${mapping.id}/Properties/MaximumRetryAttempts`,
            shows: tries === undefined ? 'absent' : 'given',
          },
          {
            at: `${mapping.id}/Properties/DestinationConfig`,
            shows: kept === undefined ? 'absent' : 'given',
          },
        ],
      });
    }
  },
});
