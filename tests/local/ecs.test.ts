import { readdirSync, readFileSync } from 'node:fs';
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EcsFixture, ecsFixture, networkConfiguration, until } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let fixture: EcsFixture;
beforeAll(async () => {
  cloud = await testCloud();
  fixture = await ecsFixture(cloud);
});
afterAll(async () => {
  await cloud.dispose();
  fixture.remove();
});

const alive =
  'setInterval(() => {}, 1000); process.on("SIGTERM", () => { console.log("bye"); process.exit(0); });';

async function start(serviceName: string, taskDefinition: string, more: object = {}) {
  await fixture.ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName,
      taskDefinition,
      desiredCount: 1,
      launchType: 'FARGATE',
      networkConfiguration,
      ...more,
    }),
  );
}

/** The event that tells why a task did not start. */
async function startFailure(taskArn = '') {
  for await (const { name, data } of cloud.events.follow({}, new AbortController().signal))
    if (name === 'task.failed' && taskArn.endsWith(data.task)) return data;
  return undefined;
}

/** The processes that sleep for so long. */
const sleeping = (seconds: string): string[] =>
  readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(`sleep\0${seconds}\0`)
      );
    } catch {
      return false;
    }
  });

describe('a task', () => {
  it('runs the image with its environment, role, files and log stream, and nothing of this process', async () => {
    process.env.SECRET_OF_THE_HOST = 'leak';
    await new SSMClient(cloud.client()).send(
      new PutParameterCommand({ Name: '/app/word', Type: 'String', Value: 'swordfish' }),
    );
    const program = `
      const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } = process.env;
      const got = await (await fetch(uri, { headers: { authorization: token } })).json();
      const metadata = await (await fetch(process.env.ECS_CONTAINER_METADATA_URI_V4 + '/task')).json();
      const refused = await fetch(uri);
      console.log(JSON.stringify({ role: got.RoleArn, family: metadata.Family, refused: refused.status,
        args: process.argv.slice(2), host: process.env.SECRET_OF_THE_HOST ?? null, word: process.env.WORD,
        own: process.env.OWN, image: process.env.FROM_IMAGE, cwd: process.cwd().endsWith('/app') }));`;
    const arn = await fixture.define('tells', {
      image: await fixture.image(program, 'ENV FROM_IMAGE=yes OWN=image'),
      environment: [{ name: 'OWN', value: 'container' }],
      secrets: [{ name: 'WORD', valueFrom: '/app/word' }],
    });
    const task = await fixture.stopped(
      await fixture.run(arn, {
        overrides: { containerOverrides: [{ name: 'app', command: ['node', '/app/main.mjs', 'now'] }] },
      }),
    );
    delete process.env.SECRET_OF_THE_HOST;
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 0, lastStatus: 'STOPPED' }],
    });
    const line = (await fixture.said()).find((text) => text.includes('"family"')) ?? '{}';
    expect(JSON.parse(line)).toEqual({
      role: fixture.taskRoleArn,
      family: 'tells',
      refused: 401,
      args: ['now'],
      host: null,
      word: 'swordfish',
      own: 'container',
      image: 'yes',
      cwd: true,
    });
  });

  it('gets its stop signal, then is killed when it does not end', async () => {
    const stubborn =
      'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000); console.log("up");';
    const arn = await fixture.define('stubborn', { image: await fixture.image(stubborn) });
    const task = await fixture.run(arn);
    await until(async () => ((await fixture.said()).includes('up') ? true : undefined));
    await fixture.ecs.send(new StopTaskCommand({ cluster: 'main', task, reason: 'enough' }));
    expect(await fixture.stopped(task)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      containers: [{ exitCode: 137 }],
    });
    expect(await fixture.said()).toContain('no');
  });

  it('ends with everything that it has started', async () => {
    const seconds = `600.${process.pid}`;
    const program = `
      import { spawn } from 'node:child_process';
      const far = { detached: true, stdio: 'ignore' };
      spawn('sleep', ['${seconds}']);
      spawn('sleep', ['${seconds}'], far);
      spawn('sh', ['-c', 'sleep ${seconds} & sleep ${seconds}'], far);
      console.log('started them');
      process.on('SIGTERM', () => process.exit(0));
      setInterval(() => {}, 1000);
    `;
    const task = await fixture.run(await fixture.define('starts', { image: await fixture.image(program) }));
    // Of its own process namespace, it knows other numbers for them.
    const started = () => sleeping(seconds);
    await until(async () => (started().length >= 4 ? true : undefined));
    await fixture.ecs.send(new StopTaskCommand({ cluster: 'main', task }));
    await fixture.stopped(task);
    await until(async () => (started().length > 0 ? undefined : true));
  });

  it('does not start when its execution role may not pull the image, and says which statement is missing', async () => {
    const executionRoleArn = await fixture.role('no-pull', ['logs:*', 'ecr:GetAuthorizationToken']);
    const arn = await fixture.define('denied', { image: await fixture.image(alive) }, { executionRoleArn });
    const task = await fixture.stopped(await fixture.run(arn));
    expect(task.stopCode).toBe('TaskFailedToStart');
    expect(await startFailure(task.taskArn)).toMatchObject({
      reason: expect.stringContaining('ecr:BatchGetImage'),
    });
    expect(task.stoppedReason).toMatch(/CannotPullContainerError.*ecr:BatchGetImage.*Missing statement/);
  });

  it('does not start without its log group, its secret or its image', async () => {
    const image = await fixture.image(alive);
    const options = { 'awslogs-group': '/none', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'x' };
    const reason = async (container: object) =>
      (await fixture.stopped(await fixture.run(await fixture.define('broken', container)))).stoppedReason;
    expect(await reason({ image, logConfiguration: { logDriver: 'awslogs', options } })).toMatch(
      /failed to create Cloudwatch log stream/,
    );
    expect(await reason({ image, secrets: [{ name: 'A', valueFrom: '/none' }] })).toMatch(
      /invalid ssm parameters/,
    );
    expect(await reason({ image: image.replace(/:v\d+$/, ':none') })).toMatch(
      /CannotPullContainerError.*not found/,
    );
    expect(await reason({ image: 'docker.io/library/redis:7' })).toMatch(/local ECR only/);
  });

  it('writes into its own copy of the files, when its root is not read-only', async () => {
    const program = `import { readFileSync, writeFileSync } from 'node:fs';
      writeFileSync('main.mjs', 'changed'); console.log('wrote ' + readFileSync('main.mjs', 'utf8'));`;
    const image = await fixture.image(program);
    const arn = await fixture.define('writes', { image, readonlyRootFilesystem: false });
    for (const _ of [1, 2])
      expect((await fixture.stopped(await fixture.run(arn))).containers?.[0]?.exitCode).toBe(0);
    expect((await fixture.said()).filter((line) => line === 'wrote changed')).toHaveLength(2);
  });

  it('starts its containers in the order of their dependencies', async () => {
    const first = await fixture.image(
      'await new Promise((r) => setTimeout(r, 100)); console.log("migrated");',
    );
    const second = await fixture.image('console.log("served");');
    const logConfiguration = {
      logDriver: 'awslogs' as const,
      options: { 'awslogs-group': '/app', 'awslogs-region': cloud.region, 'awslogs-stream-prefix': 'order' },
    };
    const arn = await fixture.define(
      'order',
      {},
      {
        containerDefinitions: [
          { name: 'migrate', image: first, essential: false, logConfiguration },
          {
            name: 'serve',
            image: second,
            logConfiguration,
            dependsOn: [{ containerName: 'migrate', condition: 'SUCCESS' }],
          },
        ],
      },
    );
    await fixture.stopped(await fixture.run(arn));
    const lines = (await fixture.said()).filter((line) => line === 'migrated' || line === 'served');
    expect(lines).toEqual(['migrated', 'served']);
  });

  it('tells EventBridge when it ends by itself', async () => {
    const sqs = new SQSClient(cloud.client());
    const Arn = `arn:aws:sqs:${cloud.region}:${cloud.accountId}:stopped`;
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: Arn,
        },
      ],
    });
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'stopped', Attributes: { Policy } }),
    );
    const events = new EventBridgeClient(cloud.client());
    const EventPattern = JSON.stringify({
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        clusterArn: [`arn:aws:ecs:${cloud.region}:${cloud.accountId}:cluster/main`],
        group: ['family:fails'],
        lastStatus: ['STOPPED'],
        stopCode: ['EssentialContainerExited'],
      },
    });
    await events.send(new PutRuleCommand({ Name: 'stopped', EventPattern }));
    const InputTransformer = {
      InputPathsMap: { task: '$.detail.taskArn', why: '$.detail.stoppedReason' },
      InputTemplate: '"<task> stopped: <why>"',
    };
    await events.send(
      new PutTargetsCommand({ Rule: 'stopped', Targets: [{ Id: 'queue', Arn, InputTransformer }] }),
    );
    const arn = await fixture.run(
      await fixture.define('fails', { image: await fixture.image('process.exit(1);') }),
    );
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    expect(Messages?.map(({ Body }) => Body)).toEqual([
      `"${arn} stopped: Essential container in task exited"`,
    ]);
  });

  it.each([
    ['a volume', { volumes: [{ name: 'data' }] }, /volumes of a task definition/],
    ['another network mode', { networkMode: 'bridge' }, /network mode bridge/],
    ['a size that Fargate has not', { memory: '768' }, /No Fargate configuration exists/],
    ['an EC2 task', { requiresCompatibilities: ['EC2'] }, /task definitions for EC2/],
  ])('is refused with %s', async (_, more, message) => {
    await expect(fixture.define('refused', { image: 'x' }, more)).rejects.toThrow(message);
  });

  it.each([
    ['privileged', { privileged: true }],
    ['mountPoints', { mountPoints: [{ sourceVolume: 'a', containerPath: '/a' }] }],
    ['firelensConfiguration', { firelensConfiguration: { type: 'fluentbit' as const } }],
    ['the log driver splunk', { logConfiguration: { logDriver: 'splunk' as const } }],
  ])('is refused with %s', async (name, container) => {
    await expect(fixture.define('refused', { image: 'x', ...container })).rejects.toThrow(name);
  });

  it('may only be given roles that the caller may pass', async () => {
    const { as } = await someone({ Action: 'ecs:*' });
    const register = new RegisterTaskDefinitionCommand({
      family: 'passed',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      taskRoleArn: fixture.taskRoleArn,
      containerDefinitions: [{ name: 'app', image: 'x' }],
    });
    await expect(as.send(register)).rejects.toThrow(/iam:PassRole/);
  });
});

/** A role session with one statement. */
async function someone(statement: object) {
  const { ECSClient } = await import('@aws-sdk/client-ecs');
  const { CreateRoleCommand } = await import('@aws-sdk/client-iam');
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const policy = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  const { Role } = await fixture.iam.send(
    new CreateRoleCommand({
      RoleName: 'someone',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: cloud.accountId },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  await fixture.iam.send(
    new PutRolePolicyCommand({
      RoleName: 'someone',
      PolicyName: 'own',
      PolicyDocument: policy({ Effect: 'Allow', Resource: '*', ...statement }),
    }),
  );
  const { Credentials } = await new STSClient(cloud.client()).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: 'someone' }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  return { as: new ECSClient(cloud.client(credentials)) };
}

describe('a service', () => {
  it('is metered by the architecture of its tasks, with their public addresses', async () => {
    const image = await fixture.image(alive);
    const arn = await fixture.define('metered', { image });
    await start('metered', arn, {
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], assignPublicIp: 'ENABLED' } },
    });
    await fixture.steady('metered');
    const [task = ''] = await fixture.tasksOf('metered');
    await cloud.clock.advance(120_000);
    const used = cloud.meter
      .totals()
      .filter(({ service, resource }) => service === 'ecs' && resource === task);
    const seconds = used.find(({ usage }) => usage === 'public-ipv4-seconds')?.quantity ?? 0;
    expect(seconds).toBeGreaterThanOrEqual(60);
    expect(used.map(({ usage, quantity }) => [usage, Math.round((quantity / seconds) * 1e6) / 1e6])).toEqual([
      ['gb-seconds:x86_64', 0.5],
      ['public-ipv4-seconds', 1],
      ['vcpu-seconds:x86_64', 0.25],
    ]);
  });

  it('keeps its count: a task that ends is replaced', async () => {
    const arn = await fixture.define('kept', { image: await fixture.image(alive) });
    await start('kept', arn, { desiredCount: 2 });
    await fixture.steady('kept');
    const [first = ''] = await fixture.tasksOf('kept');
    await fixture.ecs.send(new StopTaskCommand({ cluster: 'main', task: first }));
    await until(async () => {
      const now = await fixture.tasksOf('kept');
      return now.length === 2 && !now.includes(first) ? true : undefined;
    });
    const { runningCount } = await fixture.steady('kept');
    expect(runningCount).toBe(2);
  });

  it('rolls to a new task definition without falling below its healthy percent', async () => {
    const image = await fixture.image(alive);
    const old = await fixture.define('rolls', { image });
    await start('rolls', old);
    await fixture.steady('rolls');
    const next = await fixture.define('rolls', { image, environment: [{ name: 'A', value: '2' }] });
    await fixture.ecs.send(
      new UpdateServiceCommand({ cluster: 'main', service: 'rolls', taskDefinition: next }),
    );
    const fewest = { running: 1 };
    const after = await until(async () => {
      const now = await fixture.service('rolls');
      fewest.running = Math.min(fewest.running, now.runningCount ?? 0);
      return now.deployments?.length === 1 && now.deployments[0]?.rolloutState === 'COMPLETED'
        ? now
        : undefined;
    });
    expect(fewest.running).toBe(1);
    expect(after.deployments?.[0]?.taskDefinition).toBe(next);
    expect(after.events?.some(({ message }) => message?.includes('has reached a steady state'))).toBe(true);
  });

  it('goes back to what worked when the circuit breaker trips', async () => {
    const good = await fixture.define('breaks', { image: await fixture.image(alive) });
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    await start('breaks', good, { deploymentConfiguration });
    await fixture.steady('breaks');
    const bad = await fixture.define('breaks', {
      image: await fixture.image('console.log("cannot start"); process.exit(3);'),
    });
    await fixture.ecs.send(
      new UpdateServiceCommand({ cluster: 'main', service: 'breaks', taskDefinition: bad }),
    );
    const after = await until(async () => {
      await cloud.clock.advance(5000);
      const now = await fixture.service('breaks');
      const [primary] = now.deployments ?? [];
      return primary?.taskDefinition === good &&
        primary.rolloutState === 'COMPLETED' &&
        now.deployments?.length === 1
        ? now
        : undefined;
    });
    expect(after.runningCount).toBe(1);
    expect(after.events?.some(({ message }) => message?.includes('exited with 3'))).toBe(true);
  });

  it('counts as steady only once the health check passes, and replaces what becomes unhealthy', async () => {
    const program = `import { createServer } from 'node:http';
      if (process.argv[2] === '--health') {
        const answer = await fetch('http://' + process.env.HOST + ':' + process.env.PORT).catch(() => undefined);
        process.exit(answer?.ok ? 0 : 1);
      }
      let ill = false;
      createServer((request, response) => {
        if (request.method === 'POST') ill = true;
        response.writeHead(ill ? 503 : 200).end();
      }).listen(Number(process.env.PORT), process.env.HOST, () => console.log('port ' + process.env.PORT));`;
    const arn = await fixture.define('healthy', {
      image: await fixture.image(program),
      environment: [{ name: 'PORT', value: '8080' }],
      healthCheck: {
        command: ['CMD', 'node', 'main.mjs', '--health'],
        interval: 5,
        retries: 1,
        startPeriod: 30,
      },
    });
    await start('healthy', arn);
    await fixture.steady('healthy');
    const [first = ''] = await fixture.tasksOf('healthy');
    expect((await fixture.task(first)).healthStatus).toBe('HEALTHY');
    const port = await until(async () =>
      (await fixture.said()).find((line) => line.startsWith('port '))?.slice(5),
    );
    expect(port).not.toBe('8080');
    await fetch(`http://127.0.0.1:${port}`, { method: 'POST' });
    await until(async () => {
      await cloud.clock.advance(5000);
      const now = await fixture.tasksOf('healthy');
      return now.length === 1 && !now.includes(first) ? true : undefined;
    });
    expect((await fixture.task(first)).stoppedReason).toBe('Task failed container health checks');
  });

  it.each([
    [['CMD', 'true'], 'HEALTHY'],
    [['CMD', 'false'], 'UNHEALTHY'],
    [['CMD', 'not-on-this-machine', '-f'], 'UNHEALTHY'],
    [['CMD', '/not/in/the/image'], 'UNHEALTHY'],
    [['CMD', 'node', '-e', 'setInterval(() => {}, 1000)'], 'UNHEALTHY'],
    [['CMD-SHELL', 'exit 0'], 'HEALTHY'],
    [['CMD-SHELL', 'not-on-this-machine || exit 1'], 'UNHEALTHY'],
  ])('runs the health check %j, and goes on: %s', async (command, health) => {
    const arn = await fixture.define('checked', {
      image: await fixture.image(alive),
      healthCheck: { command, interval: 5, retries: 1, timeout: 2 },
    });
    const task = await fixture.run(arn);
    await until(async () => {
      await cloud.clock.advance(5000);
      return (await fixture.task(task)).healthStatus === health ? true : undefined;
    });
    expect(cloud.failures()).toEqual({ count: 0 });
    await fixture.ecs.send(new StopTaskCommand({ cluster: 'main', task }));
  });

  it('drains when it is deleted', async () => {
    const arn = await fixture.define('drains', { image: await fixture.image(alive) });
    await start('drains', arn);
    await fixture.steady('drains');
    const gone = (force: boolean) =>
      fixture.ecs.send(new DeleteServiceCommand({ cluster: 'main', service: 'drains', force }));
    await expect(gone(false)).rejects.toThrow(/scaled above 0/);
    expect((await gone(true)).service?.status).toBe('DRAINING');
    await until(async () => ((await fixture.service('drains')).status === 'INACTIVE' ? true : undefined));
    expect(await fixture.tasksOf('drains')).toEqual([]);
  });

  it('stops taking tasks when its execution role loses a permission, and says so in its events', async () => {
    const arn = await fixture.define('loses', { image: await fixture.image(alive) });
    await fixture.iam.send(new DeleteRolePolicyCommand({ RoleName: 'execution', PolicyName: 'own' }));
    await start('loses', arn);
    const { events } = await until(async () => {
      const now = await fixture.service('loses');
      return (now.deployments?.[0]?.failedTasks ?? 0) > 0 ? now : undefined;
    });
    expect(events?.some(({ message }) => message?.includes('ecr:GetAuthorizationToken'))).toBe(true);
  });
});
