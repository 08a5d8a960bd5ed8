/** Stream batches that block or vanish. */
import { textAt, valueAt } from '../../../architecture/index.ts';
import { customRule } from './kit.ts';

export const batchFailures = customRule({
  id: 'batch-failures',
  severity: 'medium',
  title: 'Stream consumers give up on a bad batch and keep where it was',
  why: 'By default a batch that fails is tried until its records expire, and blocks its shard until then; when given up, it is lost without a destination.',
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
            : `${mapping.name} drops batches it gives up on`,
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
