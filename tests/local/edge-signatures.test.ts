/**
 * What a signature has to cover, and for whom it is made. The answers of S3 to headers that are not signed were recorded
 * on AWS by others: https://github.com/justincormack/argmin (crates/s3-tests).
 */
import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Draft, send, sha256, signHeaders, signQuery } from './signing.ts';

let cloud: TestCloud;
let host: string;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  host = `127.0.0.1:${cloud.port}`;
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'signed' }));
  await s3.send(new PutObjectCommand({ Bucket: 'signed', Key: 'secret', Body: 'secret' }));
});
afterAll(() => cloud.dispose());

const put: Draft = { method: 'PUT', path: '/signed/k', service: 's3', body: 'x' };
const listQueues: Draft = {
  method: 'POST',
  path: '/',
  service: 'sqs',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' },
  body: '{}',
};
const callerIdentity: Draft = {
  method: 'GET',
  path: '/',
  query: [
    ['Action', 'GetCallerIdentity'],
    ['Version', '2011-06-15'],
  ],
  service: 'sts',
};
const kinds: Readonly<Record<string, Draft>> = {
  s3: put,
  json: listQueues,
  query: callerIdentity,
  'rest-json': { method: 'GET', path: '/2015-03-31/functions', service: 'lambda' },
  'rest-xml': { method: 'GET', path: '/2020-05-31/distribution', service: 'cloudfront' },
};
const forms = { 'in headers': signHeaders, 'in the query': signQuery } as const;

const shoot = (
  draft: Draft,
  form: keyof typeof forms,
  added: Record<string, string> = {},
  keys = cloud.credentials,
) => {
  const { path, headers } = forms[form](draft, host, keys);
  return send(cloud.port, {
    method: draft.method,
    path,
    headers: { ...headers, ...added },
    body: draft.body,
  });
};

describe.each(Object.keys(forms) as (keyof typeof forms)[])('a request that is signed %s', (form) => {
  it.each(Object.entries(kinds))('is answered (%s)', async (_, draft) => {
    expect(await shoot(draft, form)).toMatchObject({ status: 200 });
  });

  it.each([
    'x-amz-copy-source',
    'x-amz-meta-a',
    'x-amz-acl',
    'x-amz-tagging',
    'x-amz-storage-class',
    'x-amz-server-side-encryption',
    'x-amz-security-token',
    'x-amz-grant-read',
    'x-amz-bypass-governance-retention',
    'x-amz-unheard-of',
  ])('is refused by S3 when %s is added', async (name) => {
    const answer = await shoot(put, form, { [name]: '/signed/secret' });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(
      '<Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message>',
    );
    expect(answer.body).toContain(`<HeadersNotSigned>${name}</HeadersNotSigned>`);
  });

  it('is refused by S3 with all of the headers that were added', async () => {
    const answer = await shoot(put, form, {
      'x-amz-meta-a': '1',
      'content-md5': 'x',
      'x-amz-acl': 'private',
    });
    expect(answer.body).toContain(
      '<HeadersNotSigned>x-amz-meta-a, x-amz-acl, content-md5</HeadersNotSigned>',
    );
  });

  it.each(['json', 'query', 'rest-json', 'rest-xml'])(
    'is refused when a header is added (%s)',
    async (kind) => {
      const draft = kinds[kind] ?? put;
      const answer = await shoot(draft, form, { 'x-amz-unheard-of': 'a' });
      expect(answer.status).toBe(403);
      expect(answer.body).toMatch(/InvalidSignatureException|SignatureDoesNotMatch/);
      expect(answer.body).toContain("'x-amz-unheard-of' must be a 'SignedHeader' in the AWS Authorization.");
    },
  );

  it('may be given other headers on its way', async () => {
    const added = {
      'content-type': 'text/plain',
      'x-amzn-trace-id': 'Root=1-2-3',
      'x-forwarded-for': '10.0.0.1',
      range: 'bytes=0-1',
    };
    expect(await shoot(put, form, added)).toMatchObject({ status: 200 });
  });

  it.each(Object.entries(kinds))(
    'is refused when it is for a region that is none (%s)',
    async (kind, draft) => {
      const answer = await shoot({ ...draft, region: 'eu-wets-9' }, form);
      if (kind === 's3') {
        expect(answer.status).toBe(400);
        const [code, where] =
          form === 'in headers'
            ? ['AuthorizationHeaderMalformed', 'The authorization header is malformed']
            : ['AuthorizationQueryParametersError', 'Error parsing the X-Amz-Credential parameter'];
        expect(answer.body).toContain(
          `<Code>${code}</Code><Message>${where}; the region 'eu-wets-9' is wrong; expecting 'us-east-1'</Message><Region>us-east-1</Region>`,
        );
      } else {
        expect(answer.status).toBe(403);
        expect(answer.body).toMatch(/InvalidSignatureException|SignatureDoesNotMatch/);
        expect(answer.body).toContain('Credential should be scoped to a valid region.');
      }
    },
  );

  it('is refused when its signature has anything after it', async () => {
    const { path, headers } = forms[form](put, host, cloud.credentials);
    const spoilt = {
      ...headers,
      ...(headers.authorization ? { authorization: `${headers.authorization}zz` } : {}),
    };
    const answer = await send(cloud.port, {
      method: 'PUT',
      path: form === 'in headers' ? path : `${path}zz`,
      headers: spoilt,
      body: 'x',
    });
    expect(answer.status).toBe(403);
  });
});

describe('a presigned URL', () => {
  const expiries: readonly [string, string | undefined, string][] = [
    ['without X-Amz-Expires', undefined, 'requires the X-Amz-Algorithm'],
    ['with a negative X-Amz-Expires', '-1', 'X-Amz-Expires must be non-negative'],
    ['with one of more than a week', '604801', 'must be less than a week'],
    ['with one that is no number', '1e2', 'X-Amz-Expires should be a number'],
  ];
  it.each(expiries)('of S3 is refused %s', async (_, expires, message) => {
    const { path, headers } = signQuery(put, host, cloud.credentials, expires);
    const cut = expires === undefined ? path.replace(/&X-Amz-Expires=[^&]*/, '') : path;
    const answer = await send(cloud.port, { method: 'PUT', path: cut, headers, body: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>AuthorizationQueryParametersError</Code>');
    expect(answer.body).toContain(message);
  });

  it.each(['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Signature'])(
    'is refused without %s',
    async (name) => {
      const { path, headers } = signQuery(put, host, cloud.credentials);
      const cut = path.replace(new RegExp(`[?&]${name}=[^&]*`), (text) =>
        text.startsWith('?') ? '?a=b' : '',
      );
      const answer = await send(cloud.port, { method: 'PUT', path: cut, headers, body: 'x' });
      expect(answer.body).toContain('<Code>AuthorizationQueryParametersError</Code>');
    },
  );

  it('that is not valid yet is refused', async () => {
    const { path, headers } = signQuery(
      { ...put, date: new Date(Date.now() + 3_600_000) },
      host,
      cloud.credentials,
    );
    const answer = await send(cloud.port, { method: 'PUT', path, headers, body: 'x' });
    expect(answer.body).toContain('<Code>AccessDenied</Code><Message>Request is not yet valid</Message>');
  });

  it('is refused with a parameter more, or with one twice', async () => {
    const { path, headers } = signQuery(put, host, cloud.credentials);
    for (const added of ['&versionId=null', '&X-Amz-Expires=604800', '&x-amz-acl=public-read'])
      expect(await send(cloud.port, { method: 'PUT', path: path + added, headers, body: 'x' })).toMatchObject(
        {
          status: 403,
        },
      );
  });

  it('is refused together with an authorization header', async () => {
    const { path, headers } = signQuery(put, host, cloud.credentials);
    const both = {
      ...headers,
      authorization: signHeaders(put, host, cloud.credentials).headers.authorization,
    };
    const answer = await send(cloud.port, { method: 'PUT', path, headers: both, body: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('Only one auth mechanism allowed');
  });

  it('holds its body to the hash that an unsigned header states, as S3 does', async () => {
    const { path, headers } = signQuery(put, host, cloud.credentials);
    const stated = { ...headers, 'x-amz-content-sha256': sha256('x') };
    expect(await send(cloud.port, { method: 'PUT', path, headers: stated, body: 'x' })).toMatchObject({
      status: 403,
      body: expect.stringContaining('SignatureDoesNotMatch'),
    });
    const unsigned = { ...headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    expect(await send(cloud.port, { method: 'PUT', path, headers: unsigned, body: 'x' })).toMatchObject({
      status: 200,
    });
  });

  it('does not let its holder copy what the signer can read', async () => {
    const answer = await shoot({ ...put, path: '/signed/copy', body: '' }, 'in the query', {
      'x-amz-copy-source': '/signed/secret',
    });
    expect(answer.status).toBe(403);
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'signed', Key: 'copy' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});

describe('the date of a signature', () => {
  it.each([
    ['RFC 7231', (date: Date) => date.toUTCString()],
    ['ISO 8601 in its basic form', (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '')],
  ])('may be in a Date header, as %s', async (_, form) => {
    const date = new Date();
    const draft: Draft = { ...listQueues, date, dateHeader: form(date) };
    expect(await shoot(draft, 'in headers')).toMatchObject({ status: 200 });
  });
  it.each(['yesterday', '2026-12-01', '20261201', new Date().toISOString()])(
    'is refused as "%s"',
    async (text) => {
      const { headers, path } = signHeaders(listQueues, host, cloud.credentials);
      const answer = await send(cloud.port, {
        method: 'POST',
        path,
        headers: { ...headers, 'x-amz-date': text },
        body: '{}',
      });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain("Date must be in ISO-8601 'basic format'.");
    },
  );
});

describe('the hash of a body', () => {
  it.each(['json', 'query', 'rest-json', 'rest-xml'])('is never left out outside S3 (%s)', async (kind) => {
    const draft = { ...(kinds[kind] ?? put), payload: 'UNSIGNED-PAYLOAD' };
    expect(await shoot(draft, 'in headers')).toMatchObject({ status: 403 });
  });
  it('need not be stated outside S3', async () => {
    const draft: Draft = { ...listQueues, method: 'POST' };
    const whole = signHeaders(draft, host, cloud.credentials);
    // A signature that covers no x-amz-content-sha256, as botocore makes it.
    const { 'x-amz-content-sha256': _, ...rest } = whole.headers;
    expect(await send(cloud.port, { method: 'POST', path: '/', headers: rest, body: '{}' })).toMatchObject({
      status: 403,
    });
    const { path, headers } = signQuery(callerIdentity, host, cloud.credentials);
    expect(await send(cloud.port, { method: 'GET', path, headers })).toMatchObject({ status: 200 });
  });
  it('has to be stated for S3', async () => {
    const { headers, path } = signHeaders(put, host, cloud.credentials);
    const { 'x-amz-content-sha256': _, ...rest } = headers;
    const answer = await send(cloud.port, { method: 'PUT', path, headers: rest, body: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('Missing required header for this request: x-amz-content-sha256');
  });
});

describe('a header that comes twice', () => {
  it('is signed with a comma between its values', async () => {
    const draft: Draft = { ...put, headers: { 'x-amz-meta-a': '1,2' } };
    const { headers, path } = signHeaders(draft, host, cloud.credentials);
    const { 'x-amz-meta-a': _, ...rest } = headers;
    const raw = [
      ...Object.entries(rest).flat(),
      'x-amz-meta-a',
      '1',
      'x-amz-meta-a',
      '2',
      'content-length',
      '1',
    ];
    expect(await send(cloud.port, { method: 'PUT', path, headers: raw, body: 'x' })).toMatchObject({
      status: 200,
    });
  });
  it('is refused when it was signed once', async () => {
    const draft: Draft = { ...put, headers: { 'x-amz-meta-a': '1' } };
    const { headers, path } = signHeaders(draft, host, cloud.credentials);
    const raw = [...Object.entries(headers).flat(), 'x-amz-meta-a', '2', 'content-length', '1'];
    expect(await send(cloud.port, { method: 'PUT', path, headers: raw, body: 'x' })).toMatchObject({
      status: 403,
    });
  });
});
