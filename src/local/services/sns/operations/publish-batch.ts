import { AwsError, operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';
import { deliverAll } from '../fan-out.ts';
import { readMessage } from '../publish.ts';

export const publishBatch = (context: SnsContext) =>
  operation('sns', 'PublishBatch', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'Publish', TopicArn, call),
    async handle({ TopicArn, PublishBatchRequestEntries: entries = [] }) {
      const topic = findTopic(context, TopicArn);
      if (entries.length === 0) throw new AwsError('EmptyBatchRequestException', 'The batch has no entries.');
      if (entries.length > 10)
        throw new AwsError('TooManyEntriesInBatchRequestException', 'The batch has more than 10 entries.');
      if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
        throw new AwsError('BatchEntryIdsNotDistinctException', 'Two entries have the same Id.');
      const Successful: { Id: string; MessageId: string }[] = [];
      const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
      for (const entry of entries) {
        const Id = entry.Id ?? '';
        try {
          const message = readMessage(context, entry);
          await deliverAll(context, topic, message);
          Successful.push({ Id, MessageId: message.id });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: true });
        }
      }
      return { Successful, Failed };
    },
  });
