/**
 * One received message in the worker's hand: kept invisible while the job runs, then deleted, or given back.
 * Failing to keep or give it back is logged and no more: the message then returns by its visibility timeout.
 */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { explainError } from '../shared/explain-error.ts';
import { log } from '../shared/log.ts';

export interface Receipt {
  readonly messageId: string;
  readonly body: string | undefined;
  readonly receiveCount: number;
  readonly queuedMilliseconds: number;
  remove(): Promise<void>;
  /** Makes the message visible again after so many seconds. */
  giveBack(seconds: number): Promise<void>;
  release(): void;
}

export interface ReceiptOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly visibilitySeconds: number;
}

export function holdMessage(message: Message, options: ReceiptOptions): Receipt {
  const { sqs, queueUrl, visibilitySeconds } = options;
  const handle = { QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle };
  const messageId = message.MessageId ?? '';
  const sent = Number(message.Attributes?.SentTimestamp ?? Number.NaN);

  const setVisibility = async (seconds: number): Promise<void> => {
    try {
      await sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: seconds }));
    } catch (error) {
      log('warn', 'visibility not changed', { message_id: messageId, error: explainError(error) });
    }
  };
  // At half the timeout, so that one late or failed renewal does not lose the message to another worker.
  const renewal = setInterval(() => void setVisibility(visibilitySeconds), visibilitySeconds * 500);
  const release = (): void => clearInterval(renewal);

  return {
    messageId,
    body: message.Body,
    receiveCount: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
    queuedMilliseconds: Number.isNaN(sent) ? 0 : Math.max(0, Date.now() - sent),
    release,
    remove: async () => {
      release();
      await sqs.send(new DeleteMessageCommand(handle));
    },
    giveBack: async (seconds) => {
      release();
      await setVisibility(seconds);
    },
  };
}
