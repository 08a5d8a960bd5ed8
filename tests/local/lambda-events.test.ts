import {
  CreateEventSourceMappingCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf, zip } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let sqs: SQSClient;
beforeAll(async () => {
  cloud = await testCloud();
  sqs = new SQSClient(cloud.client());
  functions = functionsOf(
    cloud,
    await functionRole(cloud, 'function-role', ['arn:aws:iam::aws:policy/AdministratorAccess']),
  );
});
afterAll(() => cloud.dispose());

async function queue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
}
const arn = (name: string) => `arn:aws:sqs:us-east-1:${cloud.accountId}:${name}`;

/** The bodies of the messages that arrive, until `count` are there. */
async function arrived(QueueUrl: string, count: number): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < count) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  return bodies;
}

/** Waits until a queue holds this many messages, visible or not. */
async function left(QueueUrl: string, count: number): Promise<void> {
  for (;;) {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
    if (Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible) === count) return;
  }
}

describe('an asynchronous invocation', () => {
  it('is accepted, tried three times with growing pauses, and handed to the failure destination', async () => {
    const url = await queue('failures');
    await functions.create('failing', {
      'index.js': 'exports.handler = async () => { throw new Error("always"); };',
    });
    await functions.client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'failing',
        DestinationConfig: { OnFailure: { Destination: arn('failures') } },
      }),
    );
    const accepted = await functions.call('failing', { n: 7 }, { InvocationType: 'Event' });
    expect(accepted).toMatchObject({ status: 202, payload: undefined });
    const delivered = arrived(url, 1);
    let done = false;
    void delivered.then(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await cloud.clock.advance(60_000);
    }
    const [body = '{}'] = await delivered;
    expect(JSON.parse(body)).toMatchObject({
      version: '1.0',
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { n: 7 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorMessage: 'always' },
    });
  });

  it('survives the end of the cloud that accepted it', async () => {
    const url = await queue('successes');
    await functions.create('succeeding', { 'index.js': 'exports.handler = async ({ n }) => n * 2;' });
    await functions.client.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'succeeding',
        DestinationConfig: { OnSuccess: { Destination: arn('successes') } },
      }),
    );
    await functions.call('succeeding', { n: 21 }, { InvocationType: 'Event' });
    const { stateDirectory } = cloud;
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    sqs = new SQSClient(cloud.client());
    const [body = '{}'] = await arrived(url, 1);
    expect(JSON.parse(body)).toMatchObject({
      requestContext: { condition: 'Success' },
      requestPayload: { n: 21 },
      responsePayload: 42,
    });
    functions = functionsOf(cloud, `arn:aws:iam::${cloud.accountId}:role/function-role`);
  });
});

describe('an event source mapping', () => {
  it('hands a queue’s messages to the function, deletes what succeeded, and lets failed items come back', async () => {
    const source = await queue('source', { VisibilityTimeout: '30' });
    const out = await queue('out');
    await functions.create(
      'worker',
      {
        'index.mjs': `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
          const sqs = new SQSClient({});
          export const handler = async ({ Records }) => {
            const batchItemFailures = [];
            for (const { body, messageId, attributes, eventSourceARN } of Records) {
              const text = body + ' ' + attributes.ApproximateReceiveCount + ' ' + eventSourceARN.split(':').at(-1);
              if (body === 'twice' && attributes.ApproximateReceiveCount === '1')
                batchItemFailures.push({ itemIdentifier: messageId });
              await sqs.send(new SendMessageCommand({ QueueUrl: process.env.OUT_URL, MessageBody: text }));
            }
            return { batchItemFailures };
          };`,
      },
      { Environment: { Variables: { OUT_URL: out } }, Timeout: 10 },
    );
    await functions.client.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'worker',
        EventSourceArn: arn('source'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    );
    for (const MessageBody of ['once', 'twice'])
      await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody }));
    // They may come in one batch or in two, in any order.
    expect((await arrived(out, 2)).sort()).toEqual(['once 1 source', 'twice 1 source']);
    await left(source, 1);
    await cloud.clock.advance(31_000);
    expect(await arrived(out, 1)).toEqual(['twice 2 source']);
    await left(source, 0);
  });

  it('calls the code of now, also where it began to wait for messages before an update', async () => {
    const source = await queue('changing', { VisibilityTimeout: '30' });
    const out = await queue('changed');
    const code = (says: string) => ({
      'index.mjs': `import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
        export const handler = () =>
          new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.OUT_URL, MessageBody: '${says}' }));`,
    });
    const more = { Environment: { Variables: { OUT_URL: out } }, Timeout: 10 };
    await functions.create('changing', code('old'), more);
    await functions.client.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'changing',
        EventSourceArn: arn('changing'),
        BatchSize: 1,
      }),
    );
    await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: '0' }));
    expect(await arrived(out, 1)).toEqual(['old']);
    await functions.client.send(
      new UpdateFunctionCodeCommand({ FunctionName: 'changing', ZipFile: zip(code('new')) }),
    );
    // As many as there are receivers that were waiting, and more.
    const bodies = Array.from({ length: 6 }, (_, index) => String(index + 1));
    for (const MessageBody of bodies)
      await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody }));
    expect(await arrived(out, 6)).toEqual(bodies.map(() => 'new'));
  });

  it('is refused for other sources, and for queues that hide messages too briefly', async () => {
    await queue('brief', { VisibilityTimeout: '5' });
    await expect(
      functions.client.send(
        new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: arn('brief') }),
      ),
    ).rejects.toMatchObject({
      message: 'Queue visibility timeout: 5 seconds is less than Function timeout: 10 seconds',
    });
    await expect(
      functions.client.send(
        new CreateEventSourceMappingCommand({
          FunctionName: 'worker',
          EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s',
        }),
      ),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});
