/** Takes notes from the queue and counts their words. What fails stays in the queue and is tried again. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { wordsIn } from './words-in.ts';

const table = new DynamoDBClient({});

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const { messageId, body } of event.Records) {
    try {
      const { id, text } = JSON.parse(body) as { id: string; text: string };
      await table.send(
        new UpdateItemCommand({
          TableName: process.env.TABLE_NAME,
          Key: { id: { S: id } },
          UpdateExpression: 'SET #status = :done, words = :words',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':done': { S: 'done' }, ':words': { N: String(wordsIn(text)) } },
        }),
      );
    } catch (error) {
      console.error('note not counted', { messageId, error });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
