import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, expect, it } from 'vitest';
import { createReaper } from '../../src/local/compute/tasks/reaper.ts';
import { type EcsFixture, ecsFixture, networkConfiguration, until } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { killableCloud } from './killable-cloud.ts';

const root = mkdtempSync(join(tmpdir(), 'slipway-restart-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Says on SIGTERM whether the cloud still answers. */
const program = `setInterval(() => {}, 1000);
process.on('SIGTERM', async () => {
  const answer = await fetch(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI).catch((error) => error);
  console.log('bye ' + answer.status);
  process.exit(0);
});`;

/** @param mark by which its process is found: it knows itself by another number */
async function serve(fixture: EcsFixture, mark: string) {
  const image = await fixture.image(program);
  const taskDefinition = await fixture.define('lives', { image, command: ['node', 'main.mjs', mark] });
  await fixture.ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: 'lives',
      taskDefinition,
      desiredCount: 1,
      networkConfiguration,
    }),
  );
  await fixture.steady('lives');
  return until(() => Promise.resolve(processOf(mark)));
}
function processOf(mark: string): number | undefined {
  const lines = execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  // What makes the view names the mark too.
  const found = lines
    .map((line) => /^\s*(\d+) \S*node main\.mjs (.+)$/.exec(line))
    .find((one) => one?.[2] === mark);
  return found ? Number(found[1]) : undefined;
}
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Where nobody reaps orphans (a container without an init process) a dead one stays as a zombie.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The clients of a fixture, without making its parts again. */
async function again(cloud: TestCloud, before: EcsFixture) {
  const { ECSClient, DescribeServicesCommand, ListTasksCommand, DescribeTasksCommand } = await import(
    '@aws-sdk/client-ecs'
  );
  const ecs = new ECSClient(cloud.client());
  const list = async (desiredStatus: 'RUNNING' | 'STOPPED') =>
    (await ecs.send(new ListTasksCommand({ cluster: 'main', serviceName: 'lives', desiredStatus })))
      .taskArns ?? [];
  const running = await until(async () => {
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: 'main', services: ['lives'] }),
    );
    return services?.[0]?.runningCount === 1 ? list('RUNNING') : undefined;
  });
  const { tasks } = await ecs.send(
    new DescribeTasksCommand({ cluster: 'main', tasks: await list('STOPPED') }),
  );
  before.remove();
  return { running, stopped: tasks ?? [] };
}

it('stops its tasks while it still answers them, and brings the service back at the next start', async () => {
  const stateDirectory = join(root, 'clean');
  const first = await testCloud({ stateDirectory });
  const fixture = await ecsFixture(first);
  const pid = await serve(fixture, `clean-${process.pid}`);
  await first.close();
  expect(alive(pid)).toBe(false);

  const second = await testCloud({ stateDirectory });
  const { running, stopped } = await again(second, fixture);
  expect(running).toHaveLength(1);
  expect(stopped.map(({ stopCode }) => stopCode)).toEqual(['TerminationNotice']);
  const { CloudWatchLogsClient, FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const { events } = await new CloudWatchLogsClient(second.client()).send(
    new FilterLogEventsCommand({ logGroupName: '/app' }),
  );
  // 401: the program sends no token, and the cloud was there to say so.
  expect(events?.map(({ message }) => message)).toContain('bye 401');
  await second.dispose();
});

it('leaves no task running when it is killed, and runs each once after the next start', async () => {
  const stateDirectory = join(root, 'killed');
  const killed = await killableCloud(stateDirectory);
  const fixture = await ecsFixture(killed.cloud);
  const pid = await serve(fixture, `killed-${process.pid}`);
  await killed.kill();
  await until(async () => (alive(pid) ? undefined : true));

  const second = await testCloud({ stateDirectory });
  const { running, stopped } = await again(second, fixture);
  expect(running).toHaveLength(1);
  expect(stopped.map(({ stopCode }) => stopCode)).toEqual(['TerminationNotice']);
  await second.dispose();
});

it('kills at the start what an earlier cloud and its watcher could not', async () => {
  const folder = join(root, 'processes');
  const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) => left.once('exit', (_, signal) => resolve(signal)));
  const first = createReaper(folder);
  first.add(left.pid ?? 0, 'mark-of-what-is-left');
  const second = createReaper(folder);
  expect(await ended).toBe('SIGKILL');
  first.close();
  second.close();
});
