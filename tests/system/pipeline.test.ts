/** The room-detection stack, end to end: every hop real, every call signed and allowed by its template's roles. */
import { execFileSync } from 'node:child_process';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../local/harness.ts';
import { deployRoomDetection, plan, type RoomDetection, sample } from './room-detection.ts';

let cloud: TestCloud;
let system: RoomDetection;

beforeAll(async () => {
  cloud = await testCloud();
  system = await deployRoomDetection(cloud.stateDirectory);
}, 120_000);
afterAll(() => cloud.dispose(), 60_000);

async function service() {
  const ecs = new ECSClient(cloud.client());
  const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
  const cluster = clusterArns[0] ?? '';
  const { serviceArns = [] } = await ecs.send(new ListServicesCommand({ cluster }));
  const described = await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
  return { ecs, cluster, service: described.services?.[0] };
}

async function scanJobs() {
  const items: { id: string; status: string }[] = [];
  let ExclusiveStartKey: Record<string, never> | undefined;
  const table = new DynamoDBClient(cloud.client());
  do {
    const page = await table.send(
      new ScanCommand({
        TableName: system.outputs.TableName,
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      }),
    );
    for (const item of page.Items ?? [])
      items.push({ id: item.job_id?.S ?? '', status: item.status?.S ?? '' });
    ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (ExclusiveStartKey);
  return items;
}

const objectsIn = async (Bucket: string | undefined) =>
  (await new S3Client(cloud.client()).send(new ListObjectsV2Command({ Bucket }))).KeyCount ?? 0;

describe('a plan', () => {
  it('becomes rooms at a presigned URL', async () => {
    const posted = await system.post(sample('office-50-rooms'));
    expect(posted.status).toBe(202);
    const job = await system.finished(posted.body.job_id ?? '');
    expect(job).toMatchObject({ status: 'completed', rooms_count: 50 });
    const result = (await (await fetch(job.output_url ?? '')).json()) as { rooms: unknown[] };
    expect(result.rooms).toHaveLength(50);
    const tampered = (job.output_url ?? '').replace(/X-Amz-Signature=./, 'X-Amz-Signature=0');
    const refused = await fetch(tampered === job.output_url ? `${tampered}0` : tampered);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });
});

describe('bad input gets a 4xx that says what is wrong, and leaves nothing behind', () => {
  const wall = { type: 'line', start: [0, 0], end: [1, 0] };
  const cases: readonly [string, string, RegExp, string?][] = [
    ['malformed JSON', '{"walls": [', /json|body/i],
    ['a wall without an end', JSON.stringify({ walls: [wall, { type: 'line', start: [0, 0] }] }), /end/],
    ['NaN', '{"walls":[{"type":"line","start":[NaN,0],"end":[1,0]}]}', /json|body|NaN/i],
    [
      'a coordinate that is text',
      JSON.stringify({ walls: [{ ...wall, start: ['NaN', 0] }] }),
      /string|number/,
    ],
    ['no walls at all', JSON.stringify({ walls: [] }), /walls|\[\]|array|short|few/i],
    [
      '10 MB of walls',
      JSON.stringify({ walls: Array.from({ length: 190_000 }, () => wall) }),
      /too (long|large|many)|walls|size/i,
    ],
    [
      'a wrong content type',
      JSON.stringify({ walls: [wall] }),
      /content.?type|application\/json/i,
      'text/plain',
    ],
  ];
  it.each(cases)('%s', async (_, body, says, contentType = 'application/json') => {
    const before = [(await scanJobs()).length, await objectsIn(system.outputs.InputBucketName)];
    const answer = await system.post(body, { 'content-type': contentType });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(JSON.stringify(answer.body)).toMatch(says);
    expect([(await scanJobs()).length, await objectsIn(system.outputs.InputBucketName)]).toEqual(before);
  });
  it('an unknown job id', async () => {
    const answer = await fetch(`${system.apiUrl}jobs/job_01ARZ3NDEKTSV4RRFFQ69G5FAV`);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as { message: string }).message).toMatch(/job_01ARZ3NDEKTSV4RRFFQ69G5FAV/);
  });
});

describe('a worker', () => {
  it('that is killed in mid-job gives its message back after the visibility timeout, and the job completes', async () => {
    // The download of the plan hangs, so that the worker surely is in the middle of the job.
    cloud.faults.add({
      id: 'slow download',
      service: 's3',
      operation: 'GetObject',
      resource: '*',
      rate: 1,
      seed: 1,
      delayMs: 600_000,
    });
    const posted = await system.post(plan);
    const jobId = posted.body.job_id ?? '';
    await until(async () => (await system.status(jobId)).status === 'processing');
    const [worker] = descendants('worker.mjs');
    expect(worker).toBeDefined();
    process.kill(worker ?? 0, 'SIGKILL');
    cloud.faults.remove('slow download');
    await until(async () => descendants('worker.mjs').some((pid) => pid !== worker));
    expect((await system.status(jobId)).status).toBe('processing');
    await cloud.clock.advance(61_000);
    expect(await system.finished(jobId)).toMatchObject({ status: 'completed' });
  }, 90_000);

  it('without one of its permissions fails the job with principal, action, resource and the missing statement', async () => {
    const iam = new IAMClient(cloud.client());
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const role = Roles.find((r) => /WorkerTaskTaskRole/.test(r.RoleName ?? ''))?.RoleName ?? '';
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: role }));
    const PolicyName = PolicyNames[0] ?? '';
    const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }));
    const document = JSON.parse(decodeURIComponent(PolicyDocument)) as {
      Statement: { Action: string | string[] }[];
    };
    const without = document.Statement.filter((s) => ![s.Action].flat().includes('s3:PutObject'));
    expect(without.length).toBe(document.Statement.length - 1);
    const put = (statements: unknown) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName: role,
          PolicyName,
          PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
        }),
      );
    await put(without);
    try {
      const posted = await system.post(plan);
      const job = await system.finished(posted.body.job_id ?? '');
      expect(job.status).toBe('failed');
      expect(job.error_message).toContain(`assumed-role/${role}/`);
      expect(job.error_message).toContain('s3:PutObject');
      expect(job.error_message).toContain(`arn:aws:s3:::${system.outputs.OutputBucketName}/`);
      expect(job.error_message).toMatch(/Missing statement: \{"Effect":"Allow"/);
      // The message is not lost: it waits in the dead-letter queue.
      await until(async () => (await depth(system.outputs.DeadLetterQueueUrl)) === 1);
    } finally {
      await put(document.Statement);
    }
    const again = await system.post(plan);
    expect(await system.finished(again.body.job_id ?? '')).toMatchObject({ status: 'completed' });
  });
});

describe('load', () => {
  it('completes 100 jobs posted at once', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => system.accepted(plan)));
    const jobs = await Promise.all(ids.map((id) => system.finished(id)));
    expect(new Set(jobs.map((j) => j.status))).toEqual(new Set(['completed']));
  }, 120_000);

  it('completes 200 jobs posted in a row; what the throttle refuses is posted again', async () => {
    const ids = new Set<string>();
    for (let i = 0; i < 200; i++) ids.add(await system.accepted(plan));
    expect(ids.size).toBe(200);
    await until(async () => {
      const mine = (await scanJobs()).filter((job) => ids.has(job.id));
      return mine.length === 200 && mine.every((job) => job.status === 'completed');
    }, 240_000);
  }, 300_000);

  it('scales the service out on queue depth, and back in', async () => {
    const { ecs, cluster, service: before } = await service();
    const desired = async () => (await service()).service?.desiredCount ?? 0;
    expect(await desired()).toBe(1);
    // Depth that no worker eats up: the service is held at no tasks while the queue fills.
    await ecs.send(new UpdateServiceCommand({ cluster, service: before?.serviceName, desiredCount: 0 }));
    await until(
      async () => ((await ecs.send(new ListTasksCommand({ cluster }))).taskArns ?? []).length === 0,
    );
    const ids = await Promise.all(Array.from({ length: 150 }, () => system.accepted(plan)));
    let maxDesired = 0;
    for (let minute = 0; minute < 20 && maxDesired < 2; minute++) {
      await cloud.clock.advance(60_000);
      maxDesired = Math.max(maxDesired, await desired());
    }
    expect(maxDesired).toBeGreaterThan(1);
    const jobs = await Promise.all(ids.map((id) => system.finished(id, 120_000)));
    expect(new Set(jobs.map((j) => j.status))).toEqual(new Set(['completed']));
    for (let minute = 0; minute < 60 && (await desired()) > 1; minute++) await cloud.clock.advance(60_000);
    expect(await desired()).toBe(1);
  }, 300_000);
});

async function depth(QueueUrl: string | undefined): Promise<number> {
  const { Attributes } = await new SQSClient(cloud.client()).send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}

async function until(holds: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Processes below this one whose command line has the text. */
function descendants(text: string): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, ppid, args = '']) => ({ pid: Number(pid), ppid: Number(ppid), args }));
  const below = new Set([process.pid]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const row of rows) if (below.has(row.ppid)) below.add(row.pid);
  }
  return rows.filter((row) => below.has(row.pid) && row.args.includes(text)).map((row) => row.pid);
}
