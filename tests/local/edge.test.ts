import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DetachUserPolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection, sign } from '../../bench/raw-client.ts';
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
    expect(queues.$metadata.httpStatusCode).toBe(200);
  });
  it('refuses a wrong secret, an unknown key and an unsigned call with AWS codes', async () => {
    const wrong = new STSClient(cloud.client({ ...cloud.credentials, secretAccessKey: 'wrong' }));
    await expect(wrong.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    const unknown = new SQSClient(cloud.client({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }));
    await expect(unknown.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
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

describe('a signature that is too old', () => {
  const minutes = 60_000;
  it('is refused in headers, as each protocol says it', async () => {
    const late = { ...cloud.client(), systemClockOffset: -20 * minutes };
    await expect(new SQSClient(late).send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringMatching(/^Signature expired: /),
    });
    await expect(new STSClient(late).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(new S3Client(late).send(new ListBucketsCommand({}))).rejects.toMatchObject({
      name: 'RequestTimeTooSkewed',
    });
  });

  it('is refused when the very same request is sent again after its expiry', async () => {
    const s3 = new S3Client(cloud.client());
    await s3.send(new CreateBucketCommand({ Bucket: 'replayed' }));
    await s3.send(new PutObjectCommand({ Bucket: 'replayed', Key: 'a', Body: 'text' }));
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'replayed', Key: 'a' }), {
      expiresIn: 1,
    });
    expect(await (await fetch(url)).text()).toBe('text');
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const again = await fetch(url);
    expect(again.status).toBe(403);
    expect(await again.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>/);
  });

  it('is refused when its session has expired', async () => {
    await new IAMClient(cloud.client()).send(
      new CreateRoleCommand({
        RoleName: 'short',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: cloud.accountId }, Action: 'sts:AssumeRole' }],
        }),
      }),
    );
    const { Credentials: session } = await new STSClient(cloud.client()).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${cloud.accountId}:role/short`,
        RoleSessionName: 'test',
      }),
    );
    const keys = {
      accessKeyId: session?.AccessKeyId ?? '',
      secretAccessKey: session?.SecretAccessKey ?? '',
      sessionToken: session?.SessionToken ?? '',
    };
    const client = new STSClient(cloud.client(keys));
    await client.send(new GetCallerIdentityCommand({}));
    // Sessions live a quarter of an hour at least; this one is made to have ended.
    const identities = cloud.accounts.of(cloud.accountId);
    const record = identities.sessions.get(keys.accessKeyId);
    if (!record) throw new Error('the session is not kept');
    identities.sessions.put(keys.accessKeyId, { ...record, expiration: Date.now() - 1 });
    identities.changed();
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    await expect(new SQSClient(cloud.client(keys)).send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    const { sessionToken: _, ...withoutToken } = keys;
    await expect(
      new S3Client(cloud.client(withoutToken)).send(new ListBucketsCommand({})),
    ).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });
});

describe('what the edge remembers of a caller', () => {
  const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  async function user(name: string) {
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: name }));
    await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: arn }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const list = () => new SQSClient(cloud.client(keys)).send(new ListQueuesCommand({}));
    await list();
    return { iam, keys, list };
  }

  it('does not outlive a policy: the next call is denied', async () => {
    const { iam, list } = await user('detached');
    await iam.send(new DetachUserPolicyCommand({ UserName: 'detached', PolicyArn: arn }));
    await expect(list()).rejects.toMatchObject({ name: 'AccessDenied' });
    await iam.send(new AttachUserPolicyCommand({ UserName: 'detached', PolicyArn: arn }));
    await list();
  });

  it('does not outlive a key that was deleted', async () => {
    const { iam, keys, list } = await user('rotated');
    await iam.send(new DeleteAccessKeyCommand({ UserName: 'rotated', AccessKeyId: keys.accessKeyId }));
    await expect(list()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  });

  it('is not the signature: another one under the same credential and headers is refused', async () => {
    const target = { host: `127.0.0.1:${cloud.port}`, service: 'sqs' };
    const request = {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' },
      body: '{}',
    };
    const right = sign(request, target, cloud.credentials);
    const wrong = sign(request, target, { ...cloud.credentials, secretAccessKey: 'wrong' });
    const connection = new Connection(cloud.port);
    const statuses = [];
    for (const bytes of [right, wrong, right]) statuses.push((await connection.send(bytes)).status);
    connection.close();
    expect(statuses).toEqual([200, 403, 200]);
  });
});

describe('what is not supported', () => {
  it('is refused by name: an operation, and a parameter', async () => {
    await expect(new STSClient(cloud.client()).send(new GetSessionTokenCommand({}))).rejects.toThrow(
      'Slipway does not support sts:GetSessionToken. It is refused rather than ignored.',
    );
    await expect(
      new STSClient(cloud.client()).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${cloud.accountId}:role/short`,
          RoleSessionName: 'test',
          TokenCode: '123456',
        }),
      ),
    ).rejects.toThrow('Slipway does not support the parameter TokenCode of sts:AssumeRole.');
  });
  it('says so of a member that no model has', async () => {
    const request = {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' },
      body: JSON.stringify({ Colour: 'red' }),
    };
    const connection = new Connection(cloud.port);
    const answer = await connection.send(
      sign(request, { host: `127.0.0.1:${cloud.port}`, service: 'sqs' }, cloud.credentials),
    );
    connection.close();
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).toContain('Slipway does not know the parameter Colour');
  });
});
