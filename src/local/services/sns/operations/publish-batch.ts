import type { PublishBatchRequestEntry } from '@aws-sdk/client-sns';
import { AwsError, operation, throwFirst, thrownBy } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { checkForTopic, checkMessage, largestMessage, publishTo, sizeOf } from '../publish.ts';

/** An entry that breaks a rule fails the whole call, as on AWS. */
export const publishBatch = (context: SnsContext) =>
  operation('sns', 'PublishBatch', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'Publish', TopicArn, call),
    async handle({ TopicArn, PublishBatchRequestEntries: entries = [] }) {
      const topic = findTopic(context, TopicArn);
      throwFirst(
        thrownBy(
          () => checkBatch(entries),
          ...entries.map((entry) => () => {
            checkForTopic(topic, entry);
            checkMessage(entry);
          }),
        ),
      );
      const Successful: { Id: string; MessageId: string }[] = [];
      const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
      for (const entry of entries) {
        const Id = entry.Id ?? '';
        try {
          Successful.push({ Id, ...(await publishTo(context, topic, entry)) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          if (error.code === 'InvalidParameterException') throw error;
          Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
        }
      }
      return { Successful, Failed };
    },
  });

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
function checkBatch(entries: readonly PublishBatchRequestEntry[]): void {
  if (entries.length === 0)
    throw new AwsError('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
  if (entries.length > 10)
    throw new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    );
  for (const { Id = '' } of entries) {
    const wrong = (reason: string) =>
      new AwsError(
        'InvalidBatchEntryIdException',
        `The Id of a batch entry in the batch request ${reason}: ${Id}`,
      );
    if (Id.length > 80) throw wrong('is too long');
    if (!/^[\w-]+$/.test(Id)) throw wrong('contains an impermissible character');
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new AwsError(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    );
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > largestMessage)
    throw new AwsError(
      'BatchRequestTooLongException',
      'The length of all the messages put together is more than the limit.',
    );
}
