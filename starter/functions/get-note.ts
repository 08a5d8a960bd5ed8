/** `GET /notes/{id}`: the note, with the number of its words once they are counted. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const table = new DynamoDBClient({});

export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const id = event.pathParameters?.id ?? '';
  const { Item: note } = await table.send(
    new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: { id: { S: id } } }),
  );
  if (!note) return answer(404, { message: `There is no note ${id}.` });
  const words = note.words?.N === undefined ? undefined : Number(note.words.N);
  return answer(200, { id, text: note.text?.S, status: note.status?.S, words });
}

const answer = (statusCode: number, body: object): APIGatewayProxyResult => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
