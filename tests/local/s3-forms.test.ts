import { createHmac } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'forms';
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

type Fields = Readonly<Record<string, string>>;
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The fields that sign a policy, which is also what it demands of them. */
function signed(policy: object | string, given: Fields): Fields {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  const text = Buffer.from(typeof policy === 'string' ? policy : JSON.stringify(policy)).toString('base64');
  const { accessKeyId, secretAccessKey } = cloud.credentials;
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), 'us-east-1'), 's3'), 'aws4_request');
  return {
    ...given,
    policy: text,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/${day}/us-east-1/s3/aws4_request`,
    'x-amz-date': date,
    'x-amz-signature': hmac(key, text).toString('hex'),
  };
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const signing = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
];
const policyOf = (...conditions: readonly unknown[]) => ({
  expiration: inAnHour(),
  conditions: [{ bucket: Bucket }, ['starts-with', '$key', ''], ...signing, ...conditions],
});

async function post(fields: Fields, body = 'picture', fileName = 'a.png') {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File([body], fileName));
  const response = await fetch(`${cloud.endpoint}/${Bucket}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const text = await response.text();
  const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1];
  const message = /<Message>(.*?)<\/Message>/.exec(text)?.[1]?.replaceAll('&quot;', '"');
  return { status: response.status, headers: response.headers, text, code, message };
}
const read = async (Key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('a posted form', () => {
  it('stores its file with headers, metadata, tags and checksum', async () => {
    const fields = {
      key: 'user/${filename}',
      'Content-Type': 'image/png',
      'x-amz-meta-name': 'Grüße',
      tagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>b+c d</Value></Tag></TagSet></Tagging>',
    };
    const policy = policyOf(
      ['starts-with', '$Content-Type', 'image/'],
      ['eq', '$x-amz-meta-name', 'Grüße'],
      ['starts-with', '$tagging', ''],
      ['content-length-range', 1, 100],
    );
    const { status, headers } = await post(signed(policy, fields), 'picture', 'me.png');
    expect([status, headers.get('location')]).toEqual([204, `${cloud.endpoint}/${Bucket}/user%2Fme.png`]);
    expect(await read('user/me.png')).toBe('picture');
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'user/me.png' }));
    expect(head).toMatchObject({ ContentType: 'image/png', ETag: headers.get('etag') });
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'user/me.png' }))).TagSet).toEqual([
      { Key: 'a', Value: 'b+c d' },
    ]);
  });

  it('of any size streams', async () => {
    const body = 'x'.repeat(3_000_000);
    expect((await post(signed(policyOf(), { key: 'large' }), body)).status).toBe(204);
    expect((await read('large'))?.length).toBe(body.length);
  });

  it('is answered as its fields ask', async () => {
    const created = await post(
      signed(policyOf({ success_action_status: '201' }), { key: 'a&b', success_action_status: '201' }),
    );
    expect(created.status).toBe(201);
    expect(created.text).toContain(`<Bucket>${Bucket}</Bucket><Key>a&amp;b</Key>`);
    const redirect = 'http://localhost:9/done?x=1';
    const sent = await post(
      signed(policyOf(['eq', '$success_action_redirect', redirect]), {
        key: 'r',
        success_action_redirect: redirect,
      }),
    );
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(
      /^http:\/\/localhost:9\/done\?x=1&bucket=forms&key=r&etag=%22/,
    );
    const odd = signed(policyOf(['starts-with', '$success_action_status', '']), {
      key: 'odd',
      success_action_status: '404',
    });
    expect((await post(odd)).status).toBe(204);
  });

  it('may be signed with version 2', async () => {
    const policy = Buffer.from(JSON.stringify(policyOf())).toString('base64');
    const { accessKeyId, secretAccessKey } = cloud.credentials;
    const fields = {
      key: 'v2',
      AWSAccessKeyId: accessKeyId,
      policy,
      signature: createHmac('sha1', secretAccessKey).update(policy).digest('base64'),
    };
    expect((await post(fields)).status).toBe(204);
    expect(await post({ ...fields, signature: 'AAAA' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  it.each<[string, () => Fields, string, string?]>([
    [
      'its policy has expired',
      () => signed({ ...policyOf(), expiration: '2020-01-01T00:00:00Z' }, { key: 'k' }),
      '403 AccessDenied: Invalid according to Policy: Policy expired.',
    ],
    [
      'a field is in no condition',
      () => signed(policyOf(), { key: 'k', 'x-amz-meta-extra': '1' }),
      '403 AccessDenied: Invalid according to Policy: Extra input fields: x-amz-meta-extra',
    ],
    [
      'a field differs',
      () => signed(policyOf(['eq', '$x-amz-meta-a', 'b']), { key: 'k', 'x-amz-meta-a': 'B' }),
      '403 AccessDenied: Invalid according to Policy: Policy Condition failed: ["eq", "$x-amz-meta-a", "b"]',
    ],
    [
      'a field is missing',
      () => signed(policyOf(['starts-with', '$x-amz-meta-a', 'b']), { key: 'k' }),
      '403 AccessDenied: Invalid according to Policy: Policy Condition failed: ["starts-with", "$x-amz-meta-a", "b"]',
    ],
    [
      'its bucket is another',
      () => signed({ expiration: inAnHour(), conditions: [{ bucket: 'else' }] }, { key: 'k' }),
      '403 AccessDenied: Invalid according to Policy: Policy Condition failed: ["eq", "$bucket", "else"]',
    ],
    [
      'the file is larger than allowed',
      () => signed(policyOf(['content-length-range', 0, 3]), { key: 'k' }),
      '400 EntityTooLarge: Your proposed upload exceeds the maximum allowed size',
    ],
    [
      'the file is smaller than allowed',
      () => signed(policyOf(['content-length-range', 100, 200]), { key: 'k' }),
      '400 EntityTooSmall: Your proposed upload is smaller than the minimum allowed size',
    ],
    [
      'the key is missing',
      () => signed(policyOf(), {}),
      "400 InvalidArgument: Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    ],
    [
      'the signature is missing',
      () => {
        const { 'x-amz-signature': _, ...rest } = signed(policyOf(), { key: 'k' });
        return rest;
      },
      "400 InvalidArgument: Bucket POST must contain a field named 'X-Amz-Signature'.  If it is specified, please check the order of the fields.",
    ],
    [
      'the policy was changed',
      () => ({
        ...signed(policyOf(), { key: 'k' }),
        policy: Buffer.from(JSON.stringify(policyOf({ acl: 'x' }))).toString('base64'),
      }),
      '403 SignatureDoesNotMatch',
    ],
    [
      'the key is unknown',
      () => {
        const fields = signed(policyOf(), { key: 'k' });
        return { ...fields, 'x-amz-credential': `NOBODY${fields['x-amz-credential']}` };
      },
      '403 InvalidAccessKeyId',
    ],
    ['nothing is signed', () => ({ key: 'k' }), '403 AccessDenied'],
    ...(
      [
        ['{', 'Invalid JSON.'],
        [{ conditions: [] }, 'Policy missing expiration.'],
        [{ expiration: '2099-01-01T00:00:00Z' }, 'Policy missing conditions.'],
        [{ expiration: '2099-01-01 00:00:00', conditions: [] }, "Invalid 'expiration' value"],
        [{ EXPIRATION: '2099-01-01T00:00:00Z', conditions: [] }, 'Policy missing expiration.'],
        [{ expiration: '2099-01-01T00:00:00Z', conditions: [{}] }, 'Invalid Simple-Condition'],
        [
          { expiration: '2099-01-01T00:00:00Z', conditions: [['StArTs-WiTh', '$key', '']] },
          'Invalid Condition: unknown operation',
        ],
        [
          { expiration: '2099-01-01T00:00:00Z', conditions: [['content-length-range', 0]] },
          'Invalid Condition: wrong number',
        ],
      ] as const
    ).map(([policy, text]): [string, () => Fields, string] => [
      `its policy is ${JSON.stringify(policy)}`,
      () => signed(policy, { key: 'k' }),
      `400 InvalidPolicyDocument: Invalid Policy: ${text}`,
    ]),
  ])('is refused when %s', async (_, fields, answer) => {
    const { status, code, message } = await post(fields());
    expect(`${status} ${code}: ${message}`).toContain(answer);
  });

  it('is held to the policy of the bucket, which sees its fields and how it was signed', async () => {
    const deny = (Condition: Record<string, Record<string, string>>) => ({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${Bucket}/guarded/*`,
      Condition,
    });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        deny({ StringEquals: { 's3:x-amz-storage-class': 'ONEZONE_IA' } }),
        deny({ StringEquals: { 's3:signatureversion': 'AWS' } }),
      ],
    });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const fields = (more: Fields) =>
      signed(policyOf(['starts-with', '$x-amz-storage-class', '']), { key: 'guarded/a', ...more });
    expect((await post(fields({}))).status).toBe(204);
    expect(await post(fields({ 'x-amz-storage-class': 'ONEZONE_IA' }))).toMatchObject({
      code: 'AccessDenied',
    });
    const policy = Buffer.from(JSON.stringify(policyOf())).toString('base64');
    const { accessKeyId, secretAccessKey } = cloud.credentials;
    const v2 = {
      key: 'guarded/b',
      AWSAccessKeyId: accessKeyId,
      policy,
      signature: createHmac('sha1', secretAccessKey).update(policy).digest('base64'),
    };
    expect(await post(v2)).toMatchObject({ code: 'AccessDenied' });
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  });

  it('leaves nothing when it breaks off, and is refused without its file', async () => {
    const boundary = 'xx';
    const part = (name: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const fields = Object.entries(signed(policyOf(), { key: 'broken' }))
      .map(([n, v]) => part(n, v))
      .join('');
    const send = async (body: string) =>
      (
        await fetch(`${cloud.endpoint}/${Bucket}`, {
          method: 'POST',
          headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
          body,
        })
      ).text();
    expect(await send(`${fields}--${boundary}--\r\n`)).toContain('POST requires exactly one file upload');
    expect(
      await send(
        `${fields}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nhalf`,
      ),
    ).toContain('body ended before it was whole');
    await expect(read('broken')).rejects.toThrow('does not exist');
  });
});
