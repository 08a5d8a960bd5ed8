/** Switching the stream of a table on and off. */
import type { StreamSpecification, StreamViewType } from '@aws-sdk/client-dynamodb';
import { unsupported } from '../../service.ts';
import type { DynamoContext } from './context.ts';
import { validation } from './errors.ts';
import type { TableRecord } from './storage/records.ts';

const views = new Set<string>(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']);

/** @throws ValidationException */
export function checkStream(spec: StreamSpecification | undefined): void {
  if (!spec) return;
  if (spec.StreamEnabled && !views.has(spec.StreamViewType ?? ''))
    throw validation(
      'One or more parameter values were invalid: StreamViewType is required to enable a stream',
    );
  if (!spec.StreamEnabled && spec.StreamViewType)
    throw validation(
      'One or more parameter values were invalid: StreamViewType must not be given without a stream',
    );
}

/** What a table has of its stream after the request; the stream itself is opened or closed. */
export function changedStream(
  { env, tables }: DynamoContext,
  record: Pick<TableRecord, 'name' | 'arn' | 'keys' | 'stream'>,
  spec: StreamSpecification | undefined,
): TableRecord['stream'] {
  if (!spec) return record.stream;
  const { stream: before } = record;
  if (!spec.StreamEnabled) {
    if (!before) throw validation('Table does not have a stream to disable: it is disabled already.');
    closeStream({ env, tables }, before.arn);
    return undefined;
  }
  if (before)
    throw validation(
      'Table already has an enabled stream: its kind can be changed only after it was disabled.',
    );
  const now = env.clock.now();
  const label = new Date(now).toISOString().replace('Z', '');
  const arn = `${record.arn}/stream/${label}`;
  if (tables.log.streams.has(arn)) throw unsupported('two streams of a table in one millisecond');
  const view = spec.StreamViewType as StreamViewType;
  tables.log.streams.put(arn, {
    arn,
    label,
    table: record.name,
    view,
    keys: record.keys,
    shardId: `shardId-${String(now).padStart(20, '0')}-${env.randomId(8)}`,
    createdAt: now,
  });
  return { arn, label, view };
}

export function closeStream({ env, tables }: Pick<DynamoContext, 'env' | 'tables'>, arn: string): void {
  const stream = tables.log.streams.get(arn);
  if (stream) tables.log.streams.put(arn, { ...stream, endedAt: env.clock.now() });
}
