import { operation } from '../../../service.ts';
import { meterPayload, onQueue, type SqsContext } from '../context.ts';
import { invalidParameter, queueDoesNotExist } from '../errors.ts';
import { describe, moveToDeadLetter } from '../receive.ts';

/** ReceiveRequestAttemptId (replay of a FIFO receive) is refused. */
export const receiveMessage = (context: SqsContext) =>
  operation('sqs', 'ReceiveMessage', {
    accepts: [
      'QueueUrl',
      'AttributeNames',
      'MessageSystemAttributeNames',
      'MessageAttributeNames',
      'MaxNumberOfMessages',
      'VisibilityTimeout',
      'WaitTimeSeconds',
    ],
    access: onQueue(context, 'ReceiveMessage'),
    async handle(input, call) {
      const { clock } = context.env;
      const queue = context.queues.byUrl(input.QueueUrl);
      const max = input.MaxNumberOfMessages ?? 1;
      const wait = input.WaitTimeSeconds ?? queue.number('ReceiveMessageWaitTimeSeconds');
      const visibility = input.VisibilityTimeout ?? queue.number('VisibilityTimeout');
      if (max < 1 || max > 10)
        throw invalidParameter(max, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
      if (wait < 0 || wait > 20)
        throw invalidParameter(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
      if (visibility < 0 || visibility > 43_200)
        throw invalidParameter(visibility, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
      queue.counts.usedAt = clock.now();
      const deadline = clock.now() + wait * 1000;
      for (let waited = false; ; waited = true) {
        // A message must not be handed to a caller that has gone. Asking costs more than a receive without a wait.
        if (waited && call.signal().aborted) {
          queue.passOn();
          return {};
        }
        if (queue.deleted) throw queueDoesNotExist();
        const taken = queue.take(max, visibility, (one) => moveToDeadLetter(context, queue, one));
        const left = deadline - clock.now();
        if (taken.length > 0) {
          queue.counts.received += taken.length;
          meterPayload(
            context,
            queue,
            taken.reduce((sum, { message }) => sum + message.size, 0),
          );
          return { Messages: taken.map((one) => describe(queue, one, input)) };
        }
        if (left <= 0 || context.stopping.aborted) {
          queue.counts.emptyReceives++;
          return {};
        }
        await queue.wait(left, call.signal());
      }
    },
  });
