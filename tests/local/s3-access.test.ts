import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
});
afterAll(() => cloud.dispose());

const bucket = async (Bucket: string) => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'secret' }));
  return Bucket;
};
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  );
const policy = (Bucket: string, statement: object) =>
  s3.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    }),
  );
const everyone = (Bucket: string) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${Bucket}/*`,
});

async function role(name: string, statements: object[]): Promise<S3Client> {
  const iam = new IAMClient(cloud.client());
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: cloud.accountId }, Action: 'sts:AssumeRole' }],
      }),
    }),
  );
  if (statements.length > 0)
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
      }),
    );
  const { Credentials: c } = await new STSClient(cloud.client()).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${cloud.accountId}:role/${name}`,
      RoleSessionName: 'test',
    }),
  );
  return new S3Client({
    ...cloud.client({
      accessKeyId: c?.AccessKeyId ?? '',
      secretAccessKey: c?.SecretAccessKey ?? '',
      sessionToken: c?.SessionToken ?? '',
    }),
    forcePathStyle: true,
  });
}

describe('permissions', () => {
  it('of a missing key show only with s3:ListBucket', async () => {
    const Bucket = await bucket('hidden');
    const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
    const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` };
    const blind = await role('blind', [read]);
    const seeing = await role('seeing', [read, list]);
    const missing = { Bucket, Key: 'none' };
    expect(await failure(blind.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('no error');
    expect(await failure(blind.send(new GetObjectCommand(missing)))).toBe('AccessDenied');
    expect(await failure(seeing.send(new GetObjectCommand(missing)))).toBe('NoSuchKey');
    expect(await failure(seeing.send(new HeadObjectCommand(missing)))).toBe('NotFound');
  });

  it('of a listing go by its prefix', async () => {
    const Bucket = await bucket('prefixed');
    const client = await role('prefix-lister', [
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${Bucket}`,
        Condition: { StringLike: { 's3:prefix': 'mine/*' } },
      },
    ]);
    expect(await failure(client.send(new ListObjectsV2Command({ Bucket, Prefix: 'mine/x' })))).toBe(
      'no error',
    );
    expect(await failure(client.send(new ListObjectsV2Command({ Bucket, Prefix: 'theirs/' })))).toBe(
      'AccessDenied',
    );
    expect(await failure(client.send(new ListObjectsV2Command({ Bucket })))).toBe('AccessDenied');
  });

  it('of a copy are those to read the source and to write the target', async () => {
    const Bucket = await bucket('copy-rights');
    const copy = new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/k` });
    const write = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/to` };
    const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/k` };
    expect(await failure((await role('only-write', [write])).send(copy))).toBe('AccessDenied');
    expect(await failure((await role('only-read', [read])).send(copy))).toBe('AccessDenied');
    expect(await failure((await role('both', [write, read])).send(copy))).toBe('no error');
  });

  it('of tags on a new object are asked for', async () => {
    const Bucket = await bucket('tag-rights');
    const client = await role('untagging', [
      { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    ]);
    const put = (more: object) => failure(client.send(new PutObjectCommand({ Bucket, Key: 'x', ...more })));
    expect(await put({})).toBe('no error');
    expect(await put({ Tagging: 'a=1' })).toBe('AccessDenied');
  });
});

describe('a bucket policy', () => {
  it('is refused when public, unless the public access block is lifted; then it serves the public', async () => {
    const Bucket = await bucket('public');
    const url = `${cloud.endpoint}/${Bucket}/k`;
    expect(
      (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration,
    ).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(await failure(policy(Bucket, everyone(Bucket)))).toBe('AccessDenied');
    expect((await fetch(url)).status).toBe(403);
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await policy(Bucket, everyone(Bucket));
    expect(await (await fetch(url)).text()).toBe('secret');
    expect((await fetch(`${url}?response-content-type=text/html`)).status).toBe(400);
    expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic).toBe(true);
    await s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    expect((await fetch(url)).status).toBe(403);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('no error');
  });

  it('denies whatever else allows', async () => {
    const Bucket = await bucket('denying');
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    await policy(Bucket, { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource });
    const denied = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' })).catch((e: Error) => e.message);
    expect(denied).toContain('explicit deny');
    expect(denied).toContain('s3:GetObject');
  });

  it('that asks for TLS does not stand in the way of loopback', async () => {
    const Bucket = await bucket('tls');
    const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource };
    await policy(Bucket, { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('no error');
    await policy(Bucket, { ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } });
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('no error');
  });

  it('is refused when it is malformed or about something else', async () => {
    const Bucket = await bucket('malformed');
    const put = (Policy: string) => failure(s3.send(new PutBucketPolicyCommand({ Bucket, Policy })));
    expect(await put('{')).toBe('MalformedPolicy');
    expect(await failure(policy(Bucket, everyone('another')))).toBe('MalformedPolicy');
    expect(await failure(s3.send(new GetBucketPolicyCommand({ Bucket })))).toBe('NoSuchBucketPolicy');
  });
});

describe('ACLs', () => {
  it('are the owner-only default, and refused otherwise', async () => {
    const Bucket = await bucket('acls');
    const { Grants } = await s3.send(new GetBucketAclCommand({ Bucket }));
    expect(Grants?.map((grant) => grant.Permission)).toEqual(['FULL_CONTROL']);
    const put = (ACL: 'private' | 'public-read') =>
      failure(s3.send(new PutObjectCommand({ Bucket, Key: 'acl', ACL })));
    expect(await put('public-read')).toBe('AccessControlListNotSupported');
    expect(await put('private')).toBe('no error');
  });
});

describe('CORS', () => {
  it('lets pages of an allowed origin in, by preflight and by answer', async () => {
    const Bucket = await bucket('cors');
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: ['https://*.example.org'],
              AllowedMethods: ['GET', 'PUT'],
              AllowedHeaders: ['content-*'],
              ExposeHeaders: ['ETag'],
              MaxAgeSeconds: 60,
            },
          ],
        },
      }),
    );
    const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'page' }));
    const preflight = (origin: string, method: string, headers = 'content-type') =>
      fetch(url, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': method,
          'access-control-request-headers': headers,
        },
      });
    const good = await preflight('https://app.example.org', 'PUT');
    expect(good.status).toBe(200);
    expect(Object.fromEntries(good.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example.org',
      'access-control-allow-methods': 'GET, PUT',
      'access-control-allow-headers': 'content-type',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '60',
    });
    expect((await preflight('https://evil.org', 'PUT')).status).toBe(403);
    expect((await preflight('https://app.example.org', 'DELETE')).status).toBe(403);
    expect((await preflight('https://app.example.org', 'PUT', 'x-other')).status).toBe(403);
    const headers = { origin: 'https://app.example.org' };
    const put = await fetch(url, { method: 'PUT', body: 'x', headers });
    expect(put.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
    const missing = await fetch(await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'none' })), {
      headers,
    });
    expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([
      404,
      'https://app.example.org',
    ]);
    const elsewhere = await fetch(url, { method: 'PUT', body: 'x', headers: { origin: 'https://evil.org' } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });
});
