/**
 * Event source mappings: a poller per queue or stream that reads as the function's role, gathers batches, invokes, and
 * takes back what failed. Other sources are refused by name.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
import type { ServiceEnvironment } from '../../service.ts';
import type { LambdaRecords } from './records.ts';
import type { Runner } from './runner.ts';
import { startSqsPoller } from './sqs-poller.ts';
import { startStreamPoller } from './stream-poller.ts';

export interface Mappings {
  /** Makes the poller of this mapping what its record says: running, stopped, gone. */
  apply(id: string): void;
  start(): void;
  stop(): void;
}

export function createMappings(env: ServiceEnvironment, records: LambdaRecords, runner: Runner): Mappings {
  const pollers = new Map<string, { stop(): void }>();

  const apply = (id: string) => {
    pollers.get(id)?.stop();
    pollers.delete(id);
    const record = records.mappings.get(id);
    if (!record?.enabled) return;
    const note = (result: string) => {
      const now = records.mappings.get(id);
      if (now && now.lastResult !== result) records.mappings.put(id, { ...now, lastResult: result });
    };
    const start = record.stream ? startStreamPoller : startSqsPoller;
    pollers.set(id, start({ env, records, runner, mapping: record, note }));
  };

  return {
    apply,
    start() {
      for (const { id } of [...records.mappings.values()]) apply(id);
    },
    stop() {
      for (const poller of pollers.values()) poller.stop();
      pollers.clear();
    },
  };
}

export const mappingArn = (env: Pick<ServiceEnvironment, 'arn'>, id: string) =>
  env.arn('lambda', `event-source-mapping:${id}`);
