/** Many jobs through Room Detection on one local cloud: none is lost, none runs twice to another result. */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../local/harness.ts';
import { deployRoomDetection, plan, type RoomDetection } from '../system/room-detection.ts';

let cloud: TestCloud;
let system: RoomDetection;

beforeAll(async () => {
  cloud = await testCloud();
  system = await deployRoomDetection(cloud.stateDirectory);
}, 120_000);
afterAll(() => cloud.dispose(), 60_000);

async function statusById(): Promise<ReadonlyMap<string, string>> {
  const statuses = new Map<string, string>();
  const client = new DynamoDBClient(cloud.client());
  for await (const { Items = [] } of paginateScan({ client }, { TableName: system.outputs.TableName }))
    for (const { job_id, status } of Items) statuses.set(job_id?.S ?? '', status?.S ?? '');
  return statuses;
}

it('completes 2,000 jobs posted in a row', async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 2000; i++) ids.add(await system.accepted(plan));
  expect(ids.size).toBe(2000);
  let open = [...ids];
  const deadline = performance.now() + 600_000;
  while (open.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const statuses = await statusById();
    open = open.filter((id) => statuses.get(id) !== 'completed');
  }
  expect(open).toEqual([]);
}, 1_200_000);
