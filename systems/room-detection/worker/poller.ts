/**
 * Long-polls the queue and starts a job for each message, as long as there are free hands. `stop` ends the
 * polling, waits for the jobs in hand for as long as it is allowed to, and gives back what is then unfinished.
 */
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { explainError } from '../shared/explain-error.ts';
import { log } from '../shared/log.ts';
import type { HealthRecord } from './health.ts';
import { holdMessage, type Receipt } from './receipt.ts';
import { maxReceiveCountOf } from './retry-policy.ts';

const longPollSeconds = 20;
const longestPauseSeconds = 30;
/** Used for as long as the queue's policy cannot be read. */
const assumedReceiveLimit = 3;

export interface PollerOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly concurrency: number;
  readonly visibilitySeconds: number;
  readonly health: HealthRecord;
  readonly run: (receipt: Receipt) => Promise<void>;
}

export interface Poller {
  readonly finished: Promise<void>;
  stop(graceSeconds: number): Promise<void>;
}

export function startPoller(options: PollerOptions): Poller {
  const { sqs, queueUrl, concurrency, health } = options;
  const stopping = new AbortController();
  const inHand = new Map<Receipt, Promise<void>>();
  let wake = (): void => {};

  const take = (message: Message): void => {
    const receipt = holdMessage(message, options);
    const job = options.run(receipt).catch((error) => {
      log('error', 'job runner failed', { message_id: receipt.messageId, error: explainError(error) });
    });
    inHand.set(
      receipt,
      job.finally(() => {
        inHand.delete(receipt);
        health.working(inHand.size);
        wake();
      }),
    );
    health.working(inHand.size);
  };

  // Waits for half of the hands, so that a long queue is taken in handfuls and not one by one.
  const freeHands = async (): Promise<number> => {
    while (inHand.size > concurrency / 2 && !stopping.signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return concurrency - inHand.size;
  };

  const poll = async (): Promise<void> => {
    let waitSeconds = 0; // The first answer comes at once, so that the health check need not wait for it.
    let failures = 0;
    while (!stopping.signal.aborted) {
      const hands = await freeHands();
      if (stopping.signal.aborted) return;
      try {
        const { Messages: messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: Math.min(10, hands),
            WaitTimeSeconds: waitSeconds,
            MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
          }),
          { abortSignal: stopping.signal },
        );
        health.polled();
        waitSeconds = longPollSeconds;
        failures = 0;
        for (const message of messages) take(message);
      } catch (error) {
        if (stopping.signal.aborted) return;
        const reason = explainError(error);
        health.pollFailed(reason);
        log('error', 'poll failed', { error: reason });
        await pause(Math.min(longestPauseSeconds, 2 ** failures), stopping.signal);
        failures += 1;
      }
    }
  };

  const finished = poll();
  return {
    finished,
    stop: async (graceSeconds) => {
      stopping.abort();
      wake();
      await finished;
      log('info', 'stopping', { in_hand: inHand.size });
      const grace = new AbortController();
      await Promise.race([Promise.all(inHand.values()), pause(graceSeconds, grace.signal)]);
      grace.abort();
      const unfinished = [...inHand.keys()];
      await Promise.all(unfinished.map((receipt) => receipt.giveBack(0)));
      log('info', 'stopped', { given_back: unfinished.length });
    },
  };
}

const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** The queue's maxReceiveCount, asked for at the first failure and then remembered. */
export function receiveLimit(
  sqs: SQSClient,
  queueUrl: string,
  given: number | undefined,
): () => Promise<number> {
  let known = given;
  return async () => {
    if (known !== undefined) return known;
    try {
      const { Attributes: attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['RedrivePolicy'] }),
      );
      known = maxReceiveCountOf(attributes?.RedrivePolicy);
      // Without a redrive policy nothing ever moves the message away: the first failure is then the last word.
      known ??= 1;
      return known;
    } catch (error) {
      log('warn', 'redrive policy not read', { error: explainError(error) });
      return assumedReceiveLimit;
    }
  };
}
