/** `slipway/local`, as the tests of an app use it. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, SlipwayError, startLocalCloud } from '../../src/api/local.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-api-'));
const templateFile = (name: string, template: object): string => {
  const file = join(folder, `${name}.template.json`);
  writeFileSync(file, JSON.stringify(template));
  return file;
};

const app = templateFile('Greeter', {
  Parameters: { Greeting: { Type: 'String', Default: 'hello' } },
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      },
    },
    Greet: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Environment: { Variables: { GREETING: { Ref: 'Greeting' } } },
        Code: {
          ZipFile:
            'exports.handler = async ({ name }) => { console.log("greeting", name); return `${process.env.GREETING} ${name}`; };',
        },
      },
    },
  },
  Outputs: { Function: { Value: { Ref: 'Greet' } }, Greeting: { Value: { Ref: 'Greeting' } } },
});

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

const greet = async (FunctionName: string | undefined, name: string): Promise<unknown> => {
  const { Payload = new Uint8Array() } = await cloud
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ name }) }));
  return JSON.parse(new TextDecoder().decode(Payload));
};

describe('slipway/local', () => {
  it('deploys a template with parameters, gives its outputs, and runs its function', async () => {
    const { outputs, stacks } = await cloud.up(app, { parameters: { Greeting: 'good day' } });
    expect(outputs.Greeting).toBe('good day');
    expect(stacks).toMatchObject([{ stackName: 'Greeter', changed: true }]);
    expect(stacks[0]?.resources.live.map(({ logicalId }) => logicalId).sort()).toEqual(['Greet', 'Role']);
    expect(await greet(outputs.Function, 'Ada')).toBe('good day Ada');
  });

  it('updates a stack in place when it is brought up again, and keeps the parameters that were given', async () => {
    const again = await cloud.up(app);
    expect([again.outputs.Greeting, again.stacks[0]?.changed]).toEqual(['good day', false]);
    const { outputs, stacks } = await cloud.up(app, { parameters: { Greeting: 'hello' } });
    expect([outputs.Greeting, stacks[0]?.changed]).toEqual(['hello', true]);
  });

  it('gives what functions wrote to their logs', async () => {
    const { outputs } = await cloud.up(app);
    await greet(outputs.Function, 'Grace');
    await expect
      .poll(async () => (await cloud.logs({ group: 'Greet' })).map(({ message }) => message).join('\n'))
      .toContain('greeting Grace');
  });

  it('prices the run, by resource of the template', async () => {
    const { outputs } = await cloud.up(app);
    await greet(outputs.Function, 'Edsger');
    const bill = await cloud.bill();
    expect(bill.lines.find(({ price }) => price.startsWith('lambda.requests'))?.ref?.id).toBe(
      'Greeter/Greet',
    );
    expect(bill.totalWithoutFree.run).toBeGreaterThan(0);
  });

  it('moves time: a hidden message is there again after its visibility timeout', async () => {
    const sqs = cloud.client(SQSClient);
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: 'work', Attributes: { VisibilityTimeout: '3600' } }),
    );
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
    const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body;
    expect([await receive(), await receive()]).toEqual(['one', undefined]);
    const before = cloud.now().getTime();
    await cloud.advance({ hours: 1 });
    expect(cloud.now().getTime() - before).toBeGreaterThanOrEqual(3_600_000);
    expect(await receive()).toBe('one');
  });

  it('tells of each step of a stack once', async () => {
    await using other = await startLocalCloud();
    await other.up(app);
    const steps = other
      .events({ minSeverity: 'info' })
      .filter(({ name }) => name === 'stack.event')
      .map(({ text }) => text);
    expect(steps.at(-1)).toContain('CREATE_COMPLETE Greeter');
    expect(steps).toEqual([...new Set(steps)]);
  });

  it('refuses a length of time in a unit that there is not', async () => {
    const fortnight: object = { fortnights: 1 };
    await expect(cloud.advance(fortnight)).rejects.toMatchObject({
      code: 'local.invalid',
      fix: expect.stringContaining('days, hours, minutes'),
    });
  });

  it('tells what IAM denied at once, and what happened on the way up when it is asked', async () => {
    const heard: string[] = [];
    await using other = await startLocalCloud({ onEvent: ({ name }) => heard.push(name) });
    expect(other.events()).toEqual([]);
    await other.up(app);
    const iam = other.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: 'guest' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'guest' }));
    const sqs = new SQSClient({
      ...other.clientConfig,
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      },
    });
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).rejects.toThrow('not authorized');
    expect(other.events()).toMatchObject([
      { name: 'access.denied', severity: 'warning', text: expect.stringContaining('sqs:CreateQueue') },
    ]);
    expect(other.events({ minSeverity: 'info' }).map(({ name }) => name)).toContain('stack.event');
    expect(heard).toContain('access.denied');
    sqs.destroy();
  });

  it('injects a fault until it is ended', async () => {
    const sqs = new SQSClient({ ...cloud.clientConfig, maxAttempts: 1 });
    const error = { code: 'ServiceUnavailable', message: 'injected', status: 503 };
    const end = await cloud.injectFault({ service: 'sqs', operation: 'CreateQueue', error });
    const create = () => sqs.send(new CreateQueueCommand({ QueueName: 'faulty' }));
    await expect(create()).rejects.toThrow('injected');
    end();
    expect((await create()).QueueUrl).toContain('faulty');
  });

  it('throws SlipwayError with a code and what to do', async () => {
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'no error',
        (error: unknown) => (error instanceof SlipwayError && error.fix ? error.code : error),
      );
    expect(await codeOf(cloud.up(join(folder, 'nowhere')))).toBe('template.unreadable');
    expect(await codeOf(cloud.up(app, { parameters: { Greting: 'hi' } }))).toBe('template.invalid');
  });

  it('refuses what is not a length of time, a port, a share of the calls or a severity', async () => {
    const unlike: unknown[] = [
      { hours: -1 },
      { hours: 1, minutes: -60 },
      { hours: '3' },
      { weeks: 1 },
      { days: 1e300 },
      5,
      null,
    ];
    const invalid = { code: 'local.invalid', fix: expect.any(String) };
    for (const duration of unlike)
      await expect(cloud.advance(duration as object)).rejects.toMatchObject(invalid);
    for (const port of [70_000, -1, 1.5])
      await expect(startLocalCloud({ port })).rejects.toMatchObject(invalid);
    const error = { code: 'ThrottlingException' };
    for (const fault of [
      { rate: 7, error },
      { rate: 0, error },
      { seed: 1.5, error },
      { resource: '', error },
      { error: { code: 'no code' } },
      { error: { ...error, status: 200 } },
      { operation: 'SendMessage', error },
      {},
    ])
      await expect(cloud.injectFault(fault)).rejects.toMatchObject(invalid);
    await expect(cloud.injectFault({ service: 'sqss', error })).rejects.toMatchObject({
      message: "'sqss' is no service of the local cloud",
      fix: 'did you mean sqs?',
    });
    await expect(cloud.injectFault({ service: 'sqs', operation: 'SendMesage', error })).rejects.toMatchObject(
      {
        message: "'SendMesage' is no operation of sqs in the local cloud",
        fix: 'did you mean SendMessage?',
      },
    );
    const minSeverity: string = 'warn';
    expect(() => cloud.events({ minSeverity: minSeverity as 'warning' })).toThrow(SlipwayError);
  });

  it('gives credentials that a client takes which is made by hand', async () => {
    const { endpoint, region, credentials } = cloud;
    const sqs = new SQSClient({ endpoint, region, credentials });
    expect((await sqs.send(new CreateQueueCommand({ QueueName: 'by-hand' }))).QueueUrl).toContain('by-hand');
  });

  it('takes a free port for every new state folder', async () => {
    await using one = await startLocalCloud({ state: join(folder, 'one') });
    await using two = await startLocalCloud({ state: join(folder, 'two') });
    expect(new Set([one.endpoint, two.endpoint, 'http://127.0.0.1:4566']).size).toBe(3);
  });

  it('says that it is closed to whoever uses it afterwards, and can be closed again', async () => {
    const other = await startLocalCloud();
    await Promise.all([other.close(), other.close()]);
    await other.close();
    const closed = { code: 'local.not-running' };
    await expect(other.advance({ hours: 1 })).rejects.toMatchObject(closed);
    await expect(other.bill()).rejects.toMatchObject(closed);
    await expect(other.logs()).rejects.toMatchObject(closed);
    await expect(other.up(app)).rejects.toMatchObject(closed);
    expect(() => other.client(SQSClient)).toThrow(SlipwayError);
    expect(other.events()).toEqual([]);
  });

  it('says why a stack was rolled back', async () => {
    const broken = templateFile('Broken', {
      Resources: {
        Subscription: {
          Type: 'AWS::SNS::Subscription',
          Properties: {
            TopicArn: `arn:aws:sns:us-east-1:${cloud.accountId}:not-there`,
            Protocol: 'sqs',
            Endpoint: `arn:aws:sqs:us-east-1:${cloud.accountId}:queue`,
          },
        },
      },
    });
    await expect(cloud.up(broken)).rejects.toMatchObject({
      code: 'local.deploy-failed',
      message: expect.stringContaining('Subscription (AWS::SNS::Subscription)'),
    });
  });

  it('keeps a named state folder, and starts again with what was in it', async () => {
    const state = join(folder, 'kept');
    const first = await startLocalCloud({ state });
    await first.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'kept' }));
    await first.close();
    const second = await startLocalCloud({ state });
    const { QueueUrl } = await second.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'kept' }));
    expect([second.endpoint, QueueUrl]).toEqual([first.endpoint, expect.stringContaining('/kept')]);
    await second.close();
    expect(existsSync(state)).toBe(true);
  });

  it('refuses a second cloud on a state folder that is in use in this process', async () => {
    const state = join(folder, 'shared');
    await using first = await startLocalCloud({ state });
    await expect(startLocalCloud({ state })).rejects.toMatchObject({ code: 'local.state-in-use' });
    expect(
      (await first.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl,
    ).toContain('q');
  });

  it('deletes its temporary folder when the block ends, and answers no more', async () => {
    const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-cloud-'));
    const before = new Set(ours());
    let endpoint: string;
    {
      await using other = await startLocalCloud();
      endpoint = other.endpoint;
      expect(endpoint).not.toBe(cloud.endpoint);
      expect(ours().some((name) => !before.has(name))).toBe(true);
    }
    expect(ours().filter((name) => !before.has(name))).toEqual([]);
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it('has nothing internal to reach: only what its type says, and frozen', () => {
    expect(Object.isFrozen(cloud)).toBe(true);
    expect(Object.keys(cloud).sort()).toEqual([
      'accountId',
      'advance',
      'bill',
      'client',
      'clientConfig',
      'close',
      'credentials',
      'endpoint',
      'environment',
      'events',
      'injectFault',
      'logs',
      'now',
      'region',
      'up',
    ]);
  });
});
