/** What SQS's operations share. */
import { tagProblem } from '../../resource-tags.ts';
import { type AccessCheck, AwsError, type ServiceEnvironment } from '../../service.ts';
import { invalidAttributeValue, receiptHandleIsInvalid } from './errors.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

export interface SqsContext {
  readonly env: ServiceEnvironment;
  readonly queues: Queues;
  readonly moveTasks: MoveTasks;
  /** Aborts when the cloud stops: long polls end. */
  readonly stopping: AbortSignal;
}

export const queueAccess = (queue: Queue, action: string): AccessCheck => ({
  action: `sqs:${action}`,
  resource: queue.arn,
  resourcePolicy: queue.policy,
});

export const onQueue =
  ({ queues }: SqsContext, action: string) =>
  (input: { readonly QueueUrl?: string | undefined }): AccessCheck =>
    queueAccess(queues.byUrl(input.QueueUrl), action);

export function checkTags(tags: Readonly<Record<string, string>>): void {
  const own = Object.keys(tags).find((key) => /^aws:/i.test(key));
  const problem =
    own === undefined ? tagProblem(tags) : `The tag key ${own} begins with aws:, which AWS keeps for itself.`;
  if (problem) throw new AwsError('InvalidParameterValue', problem);
}

/** AWS bills every 64 KB of payload as a request; the first is counted by the edge. */
export function meterPayload({ env }: SqsContext, queue: Queue, bytes: number): void {
  const extra = Math.ceil(bytes / 65_536) - 1;
  if (extra > 0)
    env.meter({ service: 'sqs', usage: 'extra-64kb-chunks', quantity: extra, resource: queue.arn });
}

export const receiptHandle = (queue: Queue, seq: number, nonce: string): string =>
  Buffer.from(`slipway ${queue.record.id} ${seq} ${nonce}`).toString('base64');

/** @throws ReceiptHandleIsInvalid when it is none, or one of another queue */
export function readReceiptHandle(queue: Queue, handle: string | undefined): { seq: number; nonce: string } {
  const [mark, id, seq, nonce] = Buffer.from(handle ?? '', 'base64')
    .toString()
    .split(' ');
  if (mark !== 'slipway' || id !== queue.record.id || !seq || !nonce) throw receiptHandleIsInvalid(handle);
  return { seq: Number(seq), nonce };
}

interface BatchEntry {
  readonly Id?: string | undefined;
}
interface BatchFailure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

/** One batch request: the checks on its ids, and what succeeded and failed of it. */
export function batch<E extends BatchEntry, R>(
  entries: readonly E[] | undefined,
  work: (entry: E, id: string) => R,
): { Successful: R[] | undefined; Failed: BatchFailure[] | undefined } {
  const list = entries ?? [];
  if (list.length === 0)
    throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the batch request.');
  if (list.length > 10)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${list.length}.`,
    );
  const ids = new Set<string>();
  for (const { Id = '' } of list) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(Id))
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    if (ids.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  const Successful: R[] = [];
  const Failed: BatchFailure[] = [];
  for (const entry of list) {
    const Id = entry.Id ?? '';
    try {
      Successful.push(work(entry, Id));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id, SenderFault: error.fault === 'Sender', Code: error.code, Message: error.message });
    }
  }
  const unlessEmpty = <T>(items: T[]) => (items.length === 0 ? undefined : items);
  return { Successful: unlessEmpty(Successful), Failed: unlessEmpty(Failed) };
}

/** Whom a queue's policy names must be there. */
export function checkPrincipals({ env }: Pick<SqsContext, 'env'>, policy: string | undefined): void {
  const [unknown] = policy ? env.unknownPrincipals(policy) : [];
  if (unknown !== undefined)
    throw invalidAttributeValue('Policy', `The principal ${unknown} does not exist.`);
}
