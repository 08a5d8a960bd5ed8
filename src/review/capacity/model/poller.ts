/** Event source mappings. Only those on SQS queues are modelled; streams and brokers are refused by name. */
import {
  flagAt,
  isUnresolved,
  listAt,
  type Resource,
  storeKind,
  textAt,
  wiredBy,
} from '../../../architecture/index.ts';
import { parseArn } from '../../../core/arn.ts';
import { add, type Draft, link, notModelled, propertyOf, quantity, unclear } from './context.ts';
import { batchSize, batchWindow } from './defaults.ts';

export function buildPollers(draft: Draft): void {
  for (const mapping of draft.app.ofType('AWS::Lambda::EventSourceMapping')) {
    const because = refusal(draft, mapping);
    if (because !== undefined) notModelled(draft, mapping, because);
    else for (const { from, to } of wiredBy(draft.app, mapping)) addPoller(draft, mapping, from, to);
  }
}

function addPoller(draft: Draft, mapping: Resource, queue: Resource, handler: Resource): void {
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
      serviceTime: draft.work(handler)?.per ?? 'each',
      ...(maximum === undefined ? {} : { maximumConcurrency: maximum }),
    },
    mapping,
  );
  if (listAt(mapping.properties, 'FilterCriteria.Filters').length > 0)
    unclear(draft, mapping, 'FilterCriteria', 'filters are not evaluated: every message is taken to pass');
  const evidence = { because: propertyOf(mapping, 'EventSourceArn'), assumed: false };
  link(draft, { from: mapping.id, to: queue.id, how: 'takes', ...evidence });
  link(draft, { from: mapping.id, to: handler.id, how: 'wait', ...evidence });
}

function refusal(draft: Draft, mapping: Resource): string | undefined {
  if (flagAt(mapping.properties, 'Enabled') === false) return 'it is not enabled';
  const source = textAt(mapping.properties, 'EventSourceArn');
  if (isUnresolved(source)) return `its source is not known: ${source.reason}`;
  const service = parseArn(source)?.service;
  if (source === undefined) return 'a self-managed broker: only pollers of SQS queues are modelled';
  if (service !== 'sqs') return `it reads from ${service ?? source}: only pollers of SQS queues are modelled`;
  const queue = draft.app.named(source);
  if (queue === undefined || storeKind(queue) !== 'queue') return 'its queue is not in this app';
  if (!draft.built.has(queue.id)) return 'its queue is not modelled';
  const [trigger] = wiredBy(draft.app, mapping);
  return trigger !== undefined && draft.built.has(trigger.to.id)
    ? undefined
    : 'its function is not in this app';
}
