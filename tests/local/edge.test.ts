import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

describe('the edge', () => {
  it('answers the Query protocol to the SDK', async () => {
    const identity = await new STSClient(cloud.client()).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe('arn:aws:iam::000000000000:user/developer');
  });
  it('answers the JSON protocol to the SDK', async () => {
    const queues = await new SQSClient(cloud.client()).send(new ListQueuesCommand({}));
    expect(queues.QueueUrls).toEqual([]);
  });
  it('refuses a wrong secret, an unknown key and an unsigned call with AWS codes', async () => {
    const wrong = new STSClient(cloud.client({ ...cloud.credentials, secretAccessKey: 'wrong' }));
    await expect(wrong.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    const unknown = new SQSClient(cloud.client({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }));
    await expect(unknown.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    const unsigned = await fetch(cloud.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(unsigned.status).toBe(403);
    expect(await unsigned.text()).toContain('<Code>MissingAuthenticationToken</Code>');
  });
});
