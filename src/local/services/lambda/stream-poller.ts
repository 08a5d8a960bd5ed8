/**
 * Reads one stream for one event source mapping, in order: a batch that fails is tried again until it succeeds, is too
 * old or was tried too often, and nothing after it goes on before. Where it is, is kept over restarts.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { reasonOf } from '../../../core/events.ts';
import { AwsError, type ScopedInvoke } from '../../service.ts';
import { pickVersion } from './alias-routing.ts';
import { createFilter } from './filters.ts';
import { functionArn, resolveVersion, sessionName } from './names.ts';
import type { FunctionRecord } from './records.ts';
import type { RunAnswer } from './runner.ts';
import type { PollerOptions } from './sqs-poller.ts';
import { streamRecord } from './stream-event.ts';

/** As often as AWS asks a shard, in ms. */
const pause = 250;
const firstRetry = 1000;
const longestRetry = 60_000;
const largestBatch = 6 * 1024 * 1024;

export function startStreamPoller({ env, records, runner, mapping, note }: PollerOptions): { stop(): void } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { stream } = mapping;
  if (!stream) throw new Error(`the mapping ${mapping.id} has no stream`);
  const fits = createFilter(mapping.filters);
  let session: { as: ScopedInvoke; role: string; until: number } | undefined;
  let iterator: string | undefined;

  const current = (): FunctionRecord =>
    pickVersion(
      records,
      env,
      resolveVersion(records, env, { name: mapping.functionName, qualifier: mapping.qualifier || undefined }),
    );

  async function asRole({ role, name }: FunctionRecord): Promise<ScopedInvoke> {
    if (session?.role === role && session.until > env.clock.wall() + 60_000) return session.as;
    const made = await env.assumeRole(role, 'lambda.amazonaws.com', sessionName(name));
    session = { as: env.as(made.caller), role, until: made.expiration };
    return session.as;
  }

  async function open(as: ScopedInvoke): Promise<string | undefined> {
    const { StreamDescription } = await as('dynamodbstreams', 'DescribeStream', {
      StreamArn: mapping.sourceArn,
    });
    const at = { StreamArn: mapping.sourceArn, ShardId: StreamDescription?.Shards?.[0]?.ShardId };
    const checkpoint = records.checkpoints.get(mapping.id);
    const { ShardIterator } = await as('dynamodbstreams', 'GetShardIterator', {
      ...at,
      ...(checkpoint === undefined
        ? { ShardIteratorType: stream?.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: checkpoint }),
    });
    return ShardIterator;
  }

  /** Full, or whatever there is when the window is over. */
  async function gather(as: ScopedInvoke): Promise<_Record[]> {
    const batch: _Record[] = [];
    let bytes = 0;
    let until: number | undefined;
    while (!signal.aborted) {
      iterator ??= await open(as);
      const { Records = [], NextShardIterator } = await as('dynamodbstreams', 'GetRecords', {
        ShardIterator: iterator,
        Limit: Math.min(1000, mapping.batchSize - batch.length),
      });
      iterator = NextShardIterator;
      batch.push(...Records);
      bytes += Records.reduce((sum, { dynamodb }) => sum + (dynamodb?.SizeBytes ?? 0), 0);
      if (batch.length > 0) until ??= env.clock.now() + mapping.batchWindow * 1000;
      const full = batch.length >= mapping.batchSize || bytes >= largestBatch;
      if (full || (until !== undefined && env.clock.now() >= until)) return batch;
      // The table is gone, or its stream was switched off.
      if (iterator === undefined && Records.length === 0) {
        if (batch.length > 0) return batch;
        await env.clock.sleep(longestRetry, signal);
        continue;
      }
      await env.clock.sleep(pause, signal);
    }
    return [];
  }

  const sequenceOf = (record: _Record | undefined) => record?.dynamodb?.SequenceNumber ?? '';
  const keep = (record: _Record | undefined) => {
    if (record && records.mappings.has(mapping.id)) records.checkpoints.put(mapping.id, sequenceOf(record));
  };

  const ageOf = (record: _Record | undefined) =>
    (env.clock.now() - (record?.dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0)) / 1000;

  /** Until it is done with, one way or the other. */
  async function process(batch: _Record[], retries = 0): Promise<void> {
    let rest = batch;
    let wait = firstRetry;
    for (let attempt = retries; rest.length > 0 && !signal.aborted; attempt++) {
      const wanted = rest.filter((record) => !fits || fits(streamRecord(record, mapping.sourceArn)));
      if (wanted.length === 0) return keep(rest.at(-1));
      const { answer, problem } = await invoke(wanted);
      if (problem === undefined) {
        const failed = answer && mapping.reportItemFailures ? firstFailed(answer, wanted) : undefined;
        if (failed === undefined) {
          note('OK');
          return keep(rest.at(-1));
        }
        const at = failed === 'all' ? 0 : rest.findIndex((record) => sequenceOf(record) === failed);
        keep(rest[at - 1]);
        if (at > 0) attempt = -1;
        rest = rest.slice(Math.max(0, at));
        note('PROBLEM: Function reported failed items');
      } else note(`PROBLEM: ${problem}`);
      const tooOld = stream?.maximumAge !== -1 && ageOf(rest[0]) > (stream?.maximumAge ?? 0);
      // Splitting does not count as a retry.
      if (stream?.bisect && rest.length > 1 && !tooOld) {
        const middle = Math.ceil(rest.length / 2);
        await process(rest.slice(0, middle), attempt);
        return process(rest.slice(middle), attempt);
      }
      const tooOften = stream?.maximumRetries !== -1 && attempt >= (stream?.maximumRetries ?? 0);
      if (tooOften || tooOld) {
        await giveUp(rest, answer, attempt + 1, tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted');
        return keep(rest.at(-1));
      }
      await env.clock.sleep(wait, signal);
      wait = Math.min(longestRetry, wait * 2);
    }
  }

  async function invoke(batch: readonly _Record[]): Promise<{ answer?: RunAnswer; problem?: string }> {
    try {
      const answer = await runner.run({
        record: current(),
        arn: functionArn(env, mapping.functionName, mapping.qualifier || undefined),
        requestId: env.uuid(),
        payload: Buffer.from(
          JSON.stringify({ Records: batch.map((record) => streamRecord(record, mapping.sourceArn)) }),
        ),
      });
      return answer.functionError ? { answer, problem: 'Function call failed' } : { answer };
    } catch (error) {
      return { problem: error instanceof AwsError ? `${error.code}: ${error.message}` : String(error) };
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
  async function giveUp(
    batch: readonly _Record[],
    answer: RunAnswer | undefined,
    attempts: number,
    condition: string,
  ): Promise<void> {
    const target = stream?.onFailure;
    const record = current();
    const arn = functionArn(env, mapping.functionName, mapping.qualifier || undefined);
    const lost = (reason: string, next: 'dead-letter queue' | 'lost') =>
      env.host.notify({
        name: 'delivery.failed',
        data: { source: mapping.sourceArn, target: target ?? arn, reason, next },
      });
    if (!target) return lost(condition, 'lost');
    const time = (one: _Record | undefined) => one?.dynamodb?.ApproximateCreationDateTime?.toISOString();
    const body = JSON.stringify({
      requestContext: {
        requestId: env.uuid(),
        functionArn: arn,
        condition,
        approximateInvokeCount: attempts,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: record.version,
        functionError: answer?.functionError ?? 'Unhandled',
      },
      version: '1.0',
      timestamp: new Date(env.clock.now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: sequenceOf(batch[0]),
        endSequenceNumber: sequenceOf(batch.at(-1)),
        approximateArrivalOfFirstRecord: time(batch[0]),
        approximateArrivalOfLastRecord: time(batch.at(-1)),
        batchSize: batch.length,
        streamArn: mapping.sourceArn,
      },
    });
    try {
      await env.deliver(target, { body }, await asRole(record));
    } catch (error) {
      lost(reasonOf(error), 'lost');
    }
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      try {
        const batch = await gather(await asRole(current()));
        if (batch.length > 0) await process(batch);
      } catch (error) {
        if (signal.aborted) return;
        // Read again from the last that is done with.
        iterator = undefined;
        note(`PROBLEM: ${error instanceof AwsError ? `${error.code}: ${error.message}` : String(error)}`);
        await env.clock.sleep(5000, signal);
      }
    }
  }

  void loop().catch(() => {});
  return { stop: () => stopping.abort() };
}

/** The first record that a function says has failed: it and all after it come again. */
function firstFailed({ payload }: RunAnswer, batch: readonly _Record[]): string | 'all' | undefined {
  let answer: { batchItemFailures?: unknown } | null;
  try {
    answer = JSON.parse(payload.toString()) as typeof answer;
  } catch {
    return 'all';
  }
  const listed = answer?.batchItemFailures;
  if (listed === undefined || listed === null) return undefined;
  if (!Array.isArray(listed)) return 'all';
  const numbers = batch.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
  const failed = new Set<string>();
  for (const item of listed as { itemIdentifier?: unknown }[]) {
    if (typeof item?.itemIdentifier !== 'string' || !numbers.includes(item.itemIdentifier)) return 'all';
    failed.add(item.itemIdentifier);
  }
  return numbers.find((number) => failed.has(number));
}
