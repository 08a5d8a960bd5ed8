import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let sqs: SQSClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  sqs = new SQSClient(cloud.client());
});
afterAll(() => cloud.dispose());

async function queue(Attributes: Record<string, string> = {}, suffix = ''): Promise<string> {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: `q${made++}${suffix}`, Attributes }),
  );
  return QueueUrl ?? '';
}
const arnOf = (url: string) => `arn:aws:sqs:us-east-1:000000000000:${url.split('/').at(-1)}`;
const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (QueueUrl: string, more: object = {}, client = sqs) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ??
  [];
const bodies = (messages: readonly { Body?: string }[]) => messages.map((message) => message.Body);
const counts = async (QueueUrl: string) => {
  const { Attributes: a } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return [
    a?.ApproximateNumberOfMessages,
    a?.ApproximateNumberOfMessagesNotVisible,
    a?.ApproximateNumberOfMessagesDelayed,
  ].map(Number);
};

describe('a queue', () => {
  it('is created once, and not again with other attributes', async () => {
    const url = await queue({ VisibilityTimeout: '60' });
    const QueueName = url.split('/').at(-1);
    const again = new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '60' } });
    expect((await sqs.send(again)).QueueUrl).toBe(url);
    await expect(
      sqs.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '61' } })),
    ).rejects.toMatchObject({ name: 'QueueNameExists' });
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl).toBe(url);
  });
  it('refuses values outside the limits, and names it does not know', async () => {
    await expect(queue({ VisibilityTimeout: '43201' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
    await expect(queue({ Colour: 'red' })).rejects.toMatchObject({ name: 'InvalidAttributeName' });
    await expect(queue({ RedrivePolicy: '{"maxReceiveCount":3}' })).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
    });
  });
  it('is found by any URL that ends in account and name, and by no other', async () => {
    const url = await queue();
    await send(url, 'here');
    const path = new URL(url).pathname;
    expect(bodies(await receive(`https://sqs.us-east-1.amazonaws.com${path}`))).toEqual(['here']);
    await expect(receive(`${cloud.endpoint}/111111111111/${path.split('/').at(-1)}`)).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
  it('is gone after DeleteQueue, also for who waits on it', async () => {
    const url = await queue();
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    const failed = expect(waiting).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
    await failed;
    await expect(send(url, 'late')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
  it.each([
    ['a key of 129 characters', { ['k'.repeat(129)]: 'v' }],
    ['a value of 257 characters', { k: 'v'.repeat(257) }],
    ['a key of AWS', { 'aws:x': 'v' }],
    ['51 tags', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']))],
  ])('takes no tags with %s', async (_, tags) => {
    const refused = { name: 'InvalidParameterValue' };
    await expect(sqs.send(new CreateQueueCommand({ QueueName: `q${made++}`, tags }))).rejects.toMatchObject(
      refused,
    );
    await expect(
      sqs.send(new TagQueueCommand({ QueueUrl: await queue(), Tags: tags })),
    ).rejects.toMatchObject(refused);
  });
  it('is emptied by PurgeQueue, once a minute', async () => {
    const url = await queue();
    await send(url, 'a');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await counts(url)).toEqual([0, 0, 0]);
    await expect(sqs.send(new PurgeQueueCommand({ QueueUrl: url }))).rejects.toMatchObject({
      name: 'PurgeQueueInProgress',
    });
  });
});

describe('a message', () => {
  it('comes back whole: the SDK verifies its digests, attributes are picked by name and prefix', async () => {
    const url = await queue();
    const MessageAttributes = {
      'trace.id': { DataType: 'String', StringValue: 'ä' },
      size: { DataType: 'Number.int', StringValue: '3' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) },
    };
    await send(url, 'héllo 🌍', { MessageAttributes });
    const [message] = await receive(url, {
      MessageAttributeNames: ['trace.*', 'raw'],
      MessageSystemAttributeNames: ['All'],
    });
    expect(message?.Body).toBe('héllo 🌍');
    expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(['raw', 'trace.id']);
    expect(message?.MessageAttributes?.raw?.BinaryValue).toEqual(new Uint8Array([1, 2, 255]));
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: 'AIDADEVELOPER' });
  });
  it('is invisible until its timeout ends, and then comes with another receipt handle', async () => {
    const url = await queue({ VisibilityTimeout: '30' });
    await send(url, 'a');
    const [first] = await receive(url);
    expect(await receive(url)).toEqual([]);
    expect(await counts(url)).toEqual([0, 1, 0]);
    await cloud.clock.advance(30_000);
    const [second] = await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(second?.MessageId).toBe(first?.MessageId);
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(await counts(url), 'an old handle deletes nothing').toEqual([0, 1, 0]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }));
    expect(await counts(url)).toEqual([0, 0, 0]);
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });
  it('is given back at once with a visibility timeout of 0, and held for 12 hours at most', async () => {
    const url = await queue();
    await send(url, 'a');
    const [message] = await receive(url);
    const change = (VisibilityTimeout: number) =>
      sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    await cloud.clock.advance(10_000);
    await expect(change(43_195)).rejects.toThrow('beyond the limit');
    await change(0);
    // The message is not in flight any more: AWS answers success and hides nothing.
    await change(10);
    expect(bodies(await receive(url))).toEqual(['a']);
  });
  it('that comes back goes before those that were sent after it', async () => {
    const url = await queue();
    await send(url, 'first');
    await receive(url, { VisibilityTimeout: 1 });
    await send(url, 'second');
    await cloud.clock.advance(1000);
    expect(bodies(await receive(url))).toEqual(['first', 'second']);
  });
  it('may have attributes with letters of other languages, and with no control characters', async () => {
    const url = await queue();
    const withAttribute = (name: string, StringValue: string) =>
      send(url, 'x', { MessageAttributes: { [name]: { DataType: 'String', StringValue } } });
    await withAttribute('attr.1øßä', 'x');
    for (const name of ['.a', 'a.', 'aWs.a', 'a§', 'a b'])
      await expect(withAttribute(name, 'x')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(withAttribute('a', '\u0008')).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
  it('can be delayed by the queue and by itself', async () => {
    const url = await queue({ DelaySeconds: '60', VisibilityTimeout: '300' });
    await send(url, 'late');
    await send(url, 'now', { DelaySeconds: 0 });
    expect(bodies(await receive(url))).toEqual(['now']);
    expect((await counts(url))[2]).toBe(1);
    await cloud.clock.advance(60_000);
    expect(bodies(await receive(url))).toEqual(['late']);
  });
  it('ends after the retention period', async () => {
    const url = await queue({ MessageRetentionPeriod: '60' });
    await send(url, 'a');
    await cloud.clock.advance(61_000);
    expect(await receive(url)).toEqual([]);
    expect(await counts(url)).toEqual([0, 0, 0]);
  });
  it('is refused when too long, empty or not text', async () => {
    const url = await queue({ MaximumMessageSize: '1024' });
    await expect(send(url, 'x'.repeat(1025))).rejects.toThrow('shorter than 1024 bytes');
    await expect(send(url, 'bell \u0007')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
    await expect(send(url, '')).rejects.toThrow('MessageBody');
    const large = await queue();
    await send(large, 'x'.repeat(1_048_576));
    expect((await receive(large))[0]?.Body).toHaveLength(1_048_576);
  });
});

describe('long polling', () => {
  it('answers as soon as a message comes, to one receiver only', async () => {
    const url = await queue({ ReceiveMessageWaitTimeSeconds: '20' });
    const both = [receive(url), receive(url)].map((one) => one.then(bodies));
    await send(url, 'a');
    expect(await Promise.race(both)).toEqual(['a']);
    await send(url, 'b');
    expect((await Promise.all(both)).flat().sort()).toEqual(['a', 'b']);
  });
  it('answers when a message in flight comes back, and ends empty by the clock', async () => {
    const url = await queue({ VisibilityTimeout: '10' });
    await send(url, 'a');
    await receive(url);
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    // The request must have arrived before time moves.
    await expect.poll(() => counts(url)).toEqual([0, 1, 0]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await cloud.clock.advance(10_000);
    expect(bodies(await waiting)).toEqual(['a']);
  });
  it('loses no message to a caller that has gone', async () => {
    const url = await queue();
    const gone = new AbortController();
    const call = sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: gone.signal,
    });
    setTimeout(() => gone.abort(), 50);
    await expect(call).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await send(url, 'kept');
    expect(bodies(await receive(url))).toEqual(['kept']);
  });
});

describe('a batch', () => {
  it('says of each entry whether it succeeded', async () => {
    const url = await queue();
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', MessageBody: 'a' },
          { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 },
        ],
      }),
    );
    expect(sent.Successful?.map((entry) => entry.Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive(url);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: '1', ReceiptHandle: message?.ReceiptHandle },
          { Id: '2', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: '1' }]);
    expect(deleted.Failed).toMatchObject([{ Id: '2', Code: 'ReceiptHandleIsInvalid' }]);
  });
  it('is refused when empty, too long, or with an id twice', async () => {
    const url = await queue();
    const batch = (ids: string[]) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: ids.map((Id) => ({ Id, MessageBody: 'x' })),
        }),
      );
    await expect(batch([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    await expect(batch(['a', 'a'])).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
    await expect(batch('abcdefghijk'.split(''))).rejects.toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
    });
  });
});

describe('redrive', () => {
  it('moves a message received too often to the dead-letter queue, with its id and first sending', async () => {
    const dead = await queue();
    const url = await queue({
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 2 }),
    });
    const sent = await send(url, 'poison');
    for (let i = 0; i < 2; i++) {
      expect(bodies(await receive(url))).toEqual(['poison']);
      await cloud.clock.advance(1000);
    }
    expect(await receive(url)).toEqual([]);
    const [buried] = await receive(dead, { MessageSystemAttributeNames: ['All'], VisibilityTimeout: 0 });
    expect(buried?.MessageId).toBe(sent.MessageId);
    expect(buried?.Attributes).toMatchObject({
      DeadLetterQueueSourceArn: arnOf(url),
      ApproximateReceiveCount: '3',
    });
    const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
    expect(sources.queueUrls).toEqual([url]);
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf(dead) }));
    await cloud.clock.advance(1);
    const tasks = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf(dead) }));
    expect(tasks.Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
    expect(bodies(await receive(url))).toEqual(['poison']);
  });
  it('needs a dead-letter queue that exists, is of the same type and permits it', async () => {
    const policy = (target: string) => ({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount: 1 }),
    });
    await expect(queue(policy(arnOf('/nowhere')))).rejects.toThrow('does not exist');
    const fifo = await queue({ FifoQueue: 'true' }, '.fifo');
    await expect(queue(policy(arnOf(fifo)))).rejects.toThrow('same type');
    const closed = await queue({ RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    await expect(queue(policy(arnOf(closed)))).rejects.toThrow('does not permit');
  });
});

describe('a FIFO queue', () => {
  const fifo = (more: Record<string, string> = {}) => queue({ FifoQueue: 'true', ...more }, '.fifo');
  const put = (url: string, body: string, group: string, id = body) =>
    send(url, body, { MessageGroupId: group, MessageDeduplicationId: id });

  it('keeps each group in order and holds a group back while one of its messages is in flight', async () => {
    const url = await fifo();
    for (const body of ['a1', 'a2', 'b1']) await put(url, body, body[0] ?? '');
    const [first] = await receive(url, { MaxNumberOfMessages: 1 });
    expect(first?.Body).toBe('a1');
    expect(bodies(await receive(url))).toEqual(['b1']);
    expect(await receive(url)).toEqual([]);
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(bodies(await receive(url))).toEqual(['a1', 'a2']);
  });
  it('hands the next message of a group to who waits as soon as the one before is deleted', async () => {
    const url = await fifo();
    await put(url, 'a', 'g');
    const [first] = await receive(url);
    await put(url, 'b', 'g');
    const waiting = receive(url, { WaitTimeSeconds: 20 });
    await expect.poll(() => counts(url)).toEqual([1, 1, 0]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    expect(bodies(await waiting)).toEqual(['b']);
  });
  it.each([
    ['first', 0, []],
    ['second', 1, ['a']],
    ['third', 2, ['a', 'b']],
  ])(
    'delivers what stands before the %s of three when that one alone stays in flight',
    async (_, at, back) => {
      const url = await fifo();
      for (const body of ['a', 'b', 'c']) await put(url, body, 'g');
      const messages = await receive(url, { VisibilityTimeout: 10 });
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: messages[at]?.ReceiptHandle,
          VisibilityTimeout: 60,
        }),
      );
      await cloud.clock.advance(11_000);
      expect(bodies(await receive(url))).toEqual(back);
    },
  );
  it.each([
    ['a group', [{ MessageGroupId: 'g' }, {}], 'MessageGroupId'],
    [
      'a deduplication id',
      [{ MessageGroupId: 'g', MessageDeduplicationId: 'd' }, { MessageGroupId: 'g' }],
      'Content',
    ],
  ])('refuses a whole batch when one entry lacks %s', async (_, entries, text) => {
    const url = await fifo();
    const Entries = entries.map((entry, index) => ({ Id: `${index}`, MessageBody: 'x', ...entry }));
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining(text),
    });
    expect(await counts(url)).toEqual([0, 0, 0]);
  });
  it('takes its type in any case, and never another one', async () => {
    const url = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'TRUE' }, '.fifo');
    const set = (FifoQueue: string) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { FifoQueue } }));
    await set('true');
    await expect(set('false')).rejects.toThrow('Modifying queue type is not supported.');
  });
  it('forgets deduplication ids when it is purged', async () => {
    const url = await fifo();
    await put(url, 'a', 'g');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    await put(url, 'a', 'g');
    expect(bodies(await receive(url))).toEqual(['a']);
  });
  it('takes a message once in five minutes', async () => {
    const url = await fifo({ ContentBasedDeduplication: 'true' });
    const one = await send(url, 'same', { MessageGroupId: 'g' });
    const two = await send(url, 'same', { MessageGroupId: 'g' });
    expect(two).toMatchObject({ MessageId: one.MessageId, SequenceNumber: one.SequenceNumber });
    await cloud.clock.advance(5 * 60_000);
    const three = await send(url, 'same', { MessageGroupId: 'g' });
    expect(BigInt(three.SequenceNumber ?? 0) > BigInt(one.SequenceNumber ?? 0)).toBe(true);
    expect((await counts(url))[0]).toBe(2);
  });
  it('refuses what only the other type has', async () => {
    const url = await fifo();
    await expect(send(url, 'x')).rejects.toThrow('MessageGroupId');
    await expect(send(url, 'x', { MessageGroupId: 'g' })).rejects.toThrow('ContentBasedDeduplication');
    await expect(send(await queue(), 'x', { MessageDeduplicationId: 'd' })).rejects.toThrow('queue type');
  });
});

describe('a queue policy', () => {
  it('denies who the account would allow', async () => {
    const url = await queue();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: arnOf(url) }],
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    await expect(send(url, 'x')).rejects.toMatchObject({ name: 'AccessDenied' });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: '' } }));
    await send(url, 'x');
  });
});

describe('after a restart', () => {
  it('messages, receipts and order are as they were', async () => {
    const first = await testCloud();
    const before = new SQSClient(first.client());
    const make = async (QueueName: string, Attributes: Record<string, string>) =>
      (await before.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
    const url = await make('standard', { VisibilityTimeout: '30' });
    const fifo = await make('line.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    for (const MessageBody of ['held', 'free'])
      await before.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    for (const MessageBody of ['1', '2', '3'])
      await before.send(new SendMessageCommand({ QueueUrl: fifo, MessageBody, MessageGroupId: 'g' }));
    const [held] = await receive(url, { MaxNumberOfMessages: 1 }, before);
    const [one] = await receive(fifo, { MaxNumberOfMessages: 1 }, before);
    await first.close();

    const second = await testCloud({ stateDirectory: first.stateDirectory });
    const after = new SQSClient(second.client());
    expect(bodies(await receive(url, {}, after))).toEqual(['free']);
    expect(await receive(fifo, {}, after), 'the group is still held').toEqual([]);
    await after.send(new DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle: one?.ReceiptHandle }));
    expect(bodies(await receive(fifo, {}, after))).toEqual(['2', '3']);
    await second.clock.advance(30_000);
    expect((await receive(url, {}, after)).map((message) => message.MessageId)).toContain(held?.MessageId);
    await second.dispose();
  });
});
