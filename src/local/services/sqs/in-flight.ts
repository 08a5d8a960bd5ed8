/**
 * What can be done with a receipt handle.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
 */
import { readReceiptHandle, type SqsContext } from './context.ts';
import { invalidParameter } from './errors.ts';
import type { Queue } from './queue.ts';

/** Succeeds when the message is gone already, or is held by a later receive: then it stays. */
export function deleteByHandle({ env }: SqsContext, queue: Queue, handle: string | undefined): void {
  const { seq, nonce } = readReceiptHandle(queue, handle);
  const entry = queue.find(seq);
  if (!entry) return;
  const latest = entry.nonce === nonce;
  if (!latest && entry.state === 'in-flight') return;
  if (queue.fifo && entry.state !== 'in-flight')
    throw invalidParameter(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  queue.counts.deleted++;
  if (latest && entry.state === 'in-flight' && entry.heldSince > 0)
    env.sample({
      service: 'sqs',
      what: 'receive-to-delete',
      resource: queue.arn,
      seconds: (env.clock.wall() - entry.heldSince) / 1000,
    });
  queue.remove([entry]);
}

const longest = 43_200;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeByHandle(
  { env }: SqsContext,
  queue: Queue,
  handle: string | undefined,
  seconds: number,
): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > longest)
    throw invalidParameter(
      seconds,
      'VisibilityTimeout',
      `VisibilityTimeout must be between 0 and ${longest}.`,
    );
  const { seq, nonce } = readReceiptHandle(queue, handle);
  const entry = queue.find(seq);
  if (!entry)
    throw invalidParameter(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  // Its time is over: AWS answers success and changes nothing. While it is in flight, a standard queue takes the handle
  // of an earlier receive as well.
  if (entry.state !== 'in-flight' || (queue.fifo && entry.nonce !== nonce)) return;
  if (env.clock.now() + seconds * 1000 - entry.receivedAt > longest * 1000)
    throw invalidParameter(
      seconds,
      'VisibilityTimeout',
      `Total VisibilityTimeout for the message is beyond the limit [${longest} seconds].`,
    );
  queue.changeVisibility(entry, seconds);
}
