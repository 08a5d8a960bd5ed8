/**
 * Polls one queue for one event source mapping. Up to five receivers gather messages; a batch goes out when it
 * is full, when its window is over or at 6 MB. A message whose batch failed comes back after its visibility
 * timeout. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 */

import type { Message } from '@aws-sdk/client-sqs';
import { environmentsPerFunction } from '../../compute/functions/pool.ts';
import { AwsError, type Invoke, type ServiceEnvironment } from '../../service.ts';
import { queueUrlOf } from '../../urls.ts';
import { pickVersion } from './alias-routing.ts';
import { createFilter, looked } from './filters.ts';
import { functionArn, resolveVersion, sessionName } from './names.ts';
import type { FunctionRecord, LambdaRecords, MappingRecord } from './records.ts';
import type { Runner } from './runner.ts';
import { failedItems, sqsEvent } from './sqs-event.ts';

export interface SqsPoller {
  stop(): void;
}

export interface PollerOptions {
  readonly env: ServiceEnvironment;
  readonly records: LambdaRecords;
  readonly runner: Runner;
  readonly mapping: MappingRecord;
  note(result: string): void;
}

/** Seconds; shorter than SQS's 20, so that a stopped poller leaves no receive behind for long. */
const longPoll = 5;
const pauseAfterError = 5000;
const largestBatch = 6 * 1024 * 1024;

export function startSqsPoller({ env, records, runner, mapping, note }: PollerOptions): SqsPoller {
  const stop = new AbortController();
  const { signal } = stop;
  const queueUrl = queueUrlOf(mapping.sourceArn, env.endpoint);
  const concurrency = Math.min(mapping.maximumConcurrency ?? 5, environmentsPerFunction);
  const fits = createFilter(mapping.filters);
  /** A record as a filter sees it. */
  const filtered = (message: Message) => {
    const [record] = sqsEvent([message], mapping.sourceArn, env.region).Records;
    return { ...record, body: looked(message.Body) };
  };
  let session: { invoke: Invoke; role: string; until: number } | undefined;

  const current = (): FunctionRecord =>
    pickVersion(
      records,
      env,
      resolveVersion(records, env, {
        name: mapping.functionName,
        qualifier: mapping.qualifier || undefined,
      }),
    );

  async function asRole(record: FunctionRecord): Promise<Invoke> {
    if (session?.role === record.role && session.until > env.clock.wall() + 60_000) return session.invoke;
    const made = await env.assumeRole(record.role, 'lambda.amazonaws.com', sessionName(record.name));
    session = { invoke: env.as(made.caller), role: record.role, until: made.expiration };
    return session.invoke;
  }

  async function receive(invoke: Invoke, maxMessages: number, wait: number): Promise<Message[]> {
    const { Messages = [] } = await invoke('sqs', 'ReceiveMessage', {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(10, maxMessages),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    if (!fits) return Messages;
    const wanted = Messages.filter((message) => fits(filtered(message)));
    await remove(
      invoke,
      Messages.filter((message) => !wanted.includes(message)),
    );
    return wanted;
  }

  /** What no filter fits is deleted unseen. */
  const remove = async (invoke: Invoke, messages: readonly Message[]) => {
    for (let at = 0; at < messages.length; at += 10)
      await invoke('sqs', 'DeleteMessageBatch', {
        QueueUrl: queueUrl,
        Entries: messages.slice(at, at + 10).map((message, i) => ({
          Id: String(i),
          ReceiptHandle: message.ReceiptHandle,
        })),
      });
  };

  async function gather(invoke: Invoke): Promise<Message[]> {
    const batch = await receive(invoke, mapping.batchSize, longPoll);
    if (batch.length === 0) return batch;
    const until = env.clock.now() + mapping.batchWindow * 1000;
    let bytes = sizeOf(batch);
    while (batch.length < mapping.batchSize && bytes < largestBatch && !signal.aborted) {
      const left = Math.ceil((until - env.clock.now()) / 1000);
      const more = await receive(
        invoke,
        mapping.batchSize - batch.length,
        Math.max(0, Math.min(longPoll, left)),
      );
      batch.push(...more);
      bytes += sizeOf(more);
      if (more.length === 0 && env.clock.now() >= until) break;
    }
    return batch;
  }

  async function process(record: FunctionRecord, invoke: Invoke, batch: Message[]): Promise<void> {
    const giveBack = () =>
      Promise.allSettled(
        batch.map((message) =>
          invoke('sqs', 'ChangeMessageVisibility', {
            QueueUrl: queueUrl,
            ReceiptHandle: message.ReceiptHandle,
            VisibilityTimeout: 0,
          }),
        ),
      );
    if (signal.aborted) {
      await giveBack();
      return;
    }
    const answer = await runner.run({
      record,
      arn: functionArn(env, mapping.functionName, mapping.qualifier || undefined),
      requestId: env.uuid(),
      payload: Buffer.from(JSON.stringify(sqsEvent(batch, mapping.sourceArn, env.region))),
    });
    if (answer.functionError) return note('PROBLEM: Function call failed');
    const kept = mapping.reportItemFailures ? failedItems(answer.payload, batch) : new Set<string>();
    const done = batch.filter((message) => !kept.has(message.MessageId ?? ''));
    await remove(invoke, done);
    note(kept.size > 0 ? 'PROBLEM: Function reported failed items' : 'OK');
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      try {
        const invoke = await asRole(current());
        const batch = await gather(invoke);
        // Gathering takes seconds, and the function may have been updated meanwhile.
        if (batch.length > 0) await process(current(), invoke, batch);
      } catch (error) {
        if (signal.aborted) return;
        note(`PROBLEM: ${error instanceof AwsError ? `${error.code}: ${error.message}` : String(error)}`);
        await env.clock.sleep(pauseAfterError, signal);
      }
    }
  }

  for (let i = 0; i < concurrency; i++) void loop().catch(() => {});
  return { stop: () => stop.abort() };
}

const sizeOf = (batch: readonly Message[]) => batch.reduce((sum, { Body = '' }) => sum + Body.length, 0);
