/** Event source mappings. Only those on SQS queues are modelled; streams and brokers are refused by name. */
import { flagAt, isUnresolved, listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import { add, type Draft, link, notModelled, quantity, unclear } from './context.ts';
import { batchSize, batchWindow } from './defaults.ts';
import { functionOf } from './function.ts';

export function buildPollers(draft: Draft): void {
  for (const mapping of draft.app.ofType('AWS::Lambda::EventSourceMapping')) {
    if (flagAt(mapping.properties, 'Enabled') === false) {
      notModelled(draft, mapping, 'it is not enabled');
      continue;
    }
    const source = valueAt(mapping.properties, 'EventSourceArn');
    const queue = draft.app.namedIn(source).find(({ type }) => type === 'AWS::SQS::Queue');
    const handler = functionOf(draft, mapping.properties.FunctionName);
    const because = refusal(draft, mapping, queue, handler);
    if (because !== undefined || queue === undefined || handler === undefined) {
      notModelled(draft, mapping, because ?? 'its queue or its function is not in this app');
      continue;
    }
    const per = draft.work(handler)?.per;
    const maximum = quantity(draft, mapping, 'ScalingConfig.MaximumConcurrency', undefined);
    const partial = listAt(mapping.properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures');
    add(
      draft,
      {
        kind: 'poller',
        id: mapping.id,
        label: `${queue.name} → ${handler.name}`,
        queue: queue.id,
        function: handler.id,
        batchSize: quantity(draft, mapping, 'BatchSize', batchSize),
        batchWindow: quantity(draft, mapping, 'MaximumBatchingWindowInSeconds', batchWindow),
        partialBatchResponses: partial,
        serviceTime: per ?? 'each',
        ...(maximum === undefined ? {} : { maximumConcurrency: maximum }),
      },
      mapping,
    );
    if (listAt(mapping.properties, 'FilterCriteria.Filters').length > 0)
      unclear(draft, mapping, 'FilterCriteria', 'filters are not evaluated: every message is taken to pass');
    const because2 = { because: `${mapping.id}/Properties/EventSourceArn`, assumed: false };
    link(draft, { from: mapping.id, to: queue.id, how: 'takes', ...because2 });
    link(draft, { from: mapping.id, to: handler.id, how: 'wait', ...because2 });
  }
}

function refusal(
  draft: Draft,
  mapping: Resource,
  queue: Resource | undefined,
  handler: Resource | undefined,
): string | undefined {
  const source = textAt(mapping.properties, 'EventSourceArn');
  if (isUnresolved(source)) return `its source is not known: ${source.reason}`;
  if (queue === undefined) {
    const service = source?.split(':')[2];
    if (service === 'sqs') return 'its queue is not in this app';
    return service === undefined
      ? 'a self-managed broker: only pollers of SQS queues are modelled'
      : `it reads from ${service}: only pollers of SQS queues are modelled`;
  }
  if (!draft.built.has(queue.id)) return 'its queue is not modelled';
  if (handler === undefined || !draft.built.has(handler.id)) return 'its function is not in this app';
  return undefined;
}
