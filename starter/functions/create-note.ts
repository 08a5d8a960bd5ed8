/** `POST /notes`: stores the note and asks for its words to be counted. The API has checked the body already. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const table = new DynamoDBClient({});
const queue = new SQSClient({});

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { text } = JSON.parse(event.body ?? '{}') as { text: string };
  const id = randomUUID();
  await table.send(
    new PutItemCommand({
      TableName: process.env.TABLE_NAME,
      Item: { id: { S: id }, text: { S: text }, status: { S: 'waiting' } },
    }),
  );
  await queue.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ id, text }) }),
  );
  return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
}
