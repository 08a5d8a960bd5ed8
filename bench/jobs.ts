/**
 * Jobs of the room-detection system, from POST to completed. The end is watched in the table, by one reader for all
 * jobs: a hundred clients that poll every few ms would measure the API's throttle and their own load.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface JobTarget {
  readonly apiUrl: string;
  readonly table: string;
  readonly dynamodb: DynamoDBClient;
}

/** @returns ms of each job, at most 100 of them */
export async function jobLatencies(target: JobTarget, atOnce: number): Promise<readonly number[]> {
  const plan = readFileSync(join(process.cwd(), 'systems/room-detection/samples/l-shaped-flat.json'), 'utf8');
  const body = JSON.stringify({ walls: (JSON.parse(plan) as { walls: unknown }).walls });
  const begun = new Map<string, number>();
  const times: number[] = [];
  const posts = Array.from({ length: atOnce }, async () => {
    const at = performance.now();
    const posted = await fetch(`${target.apiUrl}jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await posted.json()) as { job_id?: string; message?: string };
    if (posted.status !== 202 || !answer.job_id)
      throw new Error(`POST /jobs answered ${posted.status}: ${answer.message}`);
    begun.set(answer.job_id, at);
  });
  const all = Promise.all(posts);
  // The reader below waits for them as well; a refused post ends it there.
  all.catch(() => {});
  const deadline = performance.now() + 120_000;
  while (times.length < atOnce) {
    if (performance.now() > deadline)
      throw new Error(`${atOnce - times.length} of ${atOnce} jobs are not completed after 120 s`);
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 5))]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const id of await completed(target, [...begun.keys()])) {
      times.push(performance.now() - (begun.get(id) ?? Number.NaN));
      begun.delete(id);
    }
  }
  return times;
}

async function completed({ dynamodb, table }: JobTarget, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { Responses } = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: {
        [table]: {
          Keys: ids.map((id) => ({ job_id: { S: id } })),
          ProjectionExpression: 'job_id, #s, error_message',
          ExpressionAttributeNames: { '#s': 'status' },
          ConsistentRead: true,
        },
      },
    }),
  );
  const found = Responses?.[table] ?? [];
  const failed = found.find((item) => item.status?.S === 'failed');
  if (failed) throw new Error(`${failed.job_id?.S}: ${failed.error_message?.S}`);
  return found.flatMap((item) => (item.status?.S === 'completed' && item.job_id?.S ? [item.job_id.S] : []));
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
