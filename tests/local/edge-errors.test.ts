/**
 * What is wrong with a request before any service sees it, as each kind of service says it: the code, the status and
 * the form of the answer differ. The expected answers are in edge-errors.json.
 */
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (target: string, version: string, body: string): Omit<Shot, 'service'> => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target },
  body,
});
const form = (body: string): Omit<Shot, 'service'> => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});
const rest = (method: string, path: string, body = ''): Omit<Shot, 'service'> => ({
  method,
  path,
  headers: {},
  body,
});

/** One service of each kind: how a call that is allowed looks, and what else can be wrong with its parameters. */
const kinds: Readonly<Record<string, { readonly good: Shot } & Readonly<Record<string, Shot>>>> = {
  'json1.0 (sqs)': {
    good: { service: 'sqs', ...json('AmazonSQS.ListQueues', '1.0', '{}') },
    'a body that is not JSON': { service: 'sqs', ...json('AmazonSQS.ListQueues', '1.0', '{') },
    'a member of the wrong type': {
      service: 'sqs',
      ...json('AmazonSQS.ListQueues', '1.0', '{"MaxResults":[]}'),
    },
    'an unknown member': { service: 'sqs', ...json('AmazonSQS.ListQueues', '1.0', '{"Colour":"red"}') },
    'a missing member': { service: 'sqs', ...json('AmazonSQS.SendMessage', '1.0', '{}') },
    'an unknown operation': { service: 'sqs', ...json('AmazonSQS.Dance', '1.0', '{}') },
    'a resource that is not there': {
      service: 'sqs',
      ...json('AmazonSQS.GetQueueUrl', '1.0', '{"QueueName":"nowhere"}'),
    },
  },
  'query (sqs)': {
    good: { service: 'sqs', ...form('Action=ListQueues&Version=2012-11-05') },
    'a resource that is not there': {
      service: 'sqs',
      ...form('Action=GetQueueUrl&Version=2012-11-05&QueueName=nowhere'),
    },
  },
  'query (iam)': {
    good: { service: 'iam', ...form('Action=ListRoles&Version=2010-05-08') },
    'a member of the wrong type': {
      service: 'iam',
      ...form('Action=ListRoles&Version=2010-05-08&MaxItems=many'),
    },
    'an unknown member': { service: 'iam', ...form('Action=ListRoles&Version=2010-05-08&Colour=red') },
    'a missing member': { service: 'iam', ...form('Action=GetRole&Version=2010-05-08') },
    'an unknown operation': { service: 'iam', ...form('Action=Dance&Version=2010-05-08') },
    'an operation that is not supported': {
      service: 'iam',
      ...form('Action=ListVirtualMFADevices&Version=2010-05-08'),
    },
  },
  'rest-json (lambda)': {
    good: { service: 'lambda', ...rest('GET', '/2015-03-31/functions') },
    'a body that is not JSON': { service: 'lambda', ...rest('POST', '/2015-03-31/functions', '{') },
    'an unknown member': { service: 'lambda', ...rest('POST', '/2015-03-31/functions', '{"Colour":"red"}') },
    'a missing member': { service: 'lambda', ...rest('POST', '/2015-03-31/functions', '{}') },
    'an unknown path': { service: 'lambda', ...rest('GET', '/2015-03-31/dances') },
  },
  'rest-xml (cloudfront)': {
    good: { service: 'cloudfront', ...rest('GET', '/2020-05-31/distribution') },
    'a body that is not XML': { service: 'cloudfront', ...rest('POST', '/2020-05-31/distribution', '<a') },
    'an unknown path': { service: 'cloudfront', ...rest('GET', '/2020-05-31/dances') },
  },
  s3: {
    good: { service: 's3', ...rest('GET', '/') },
    'a body that is not XML': { service: 's3', ...rest('PUT', '/nowhere?versioning=', '<a') },
    'an unknown member': {
      service: 's3',
      ...rest(
        'PUT',
        '/nowhere?versioning=',
        '<VersioningConfiguration><Colour>red</Colour></VersioningConfiguration>',
      ),
    },
    'a missing member': { service: 's3', ...rest('PUT', '/nowhere?versioning=') },
    'an unknown path': { service: 's3', ...rest('PATCH', '/nowhere/key') },
    'a resource that is not there': { service: 's3', ...rest('GET', '/nowhere/key') },
  },
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Signing {
  readonly keys: Keys;
  /** What is changed before the request is signed, and after. */
  readonly late?: number;
  readonly scopeDate?: string;
  readonly scopeService?: string;
  readonly token?: string;
  readonly withoutHost?: boolean;
  readonly hash?: string;
}

function signed(shot: Shot, port: number, given: Signing): Record<string, string> {
  const stamp = new Date(Date.now() - (given.late ?? 0)).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const date = given.scopeDate ?? stamp.slice(0, 8);
  const service = given.scopeService ?? shot.service;
  const hash = given.hash ?? sha256(shot.body);
  const headers: Record<string, string> = {
    ...shot.headers,
    host: `127.0.0.1:${port}`,
    'x-amz-content-sha256': hash,
    'x-amz-date': stamp,
    ...(given.token === undefined ? {} : { 'x-amz-security-token': given.token }),
  };
  const names = Object.keys(headers)
    .filter((name) => !given.withoutHost || name !== 'host')
    .sort();
  const [path = '', query = ''] = shot.path.split('?');
  const canonical = [
    shot.method,
    path,
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash,
  ].join('\n');
  const scope = `${date}/us-east-1/${service}/aws4_request`;
  const key = scope.split('/').reduce(hmac, Buffer.from(`AWS4${given.keys.secretAccessKey}`));
  const signature = createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${given.keys.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

let cloud: TestCloud;
let stranger: Keys;
beforeAll(async () => {
  cloud = await testCloud();
  const iam = new IAMClient(cloud.client());
  await iam.send(new CreateUserCommand({ UserName: 'stranger' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'stranger' }));
  stranger = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
});
afterAll(() => cloud.dispose());

/** What is wrong with the signature; each answers the headers of a request. */
const spoilt: Readonly<Record<string, (shot: Shot) => Record<string, string>>> = {
  'no signature': (shot) => ({ ...shot.headers }),
  'another mechanism': (shot) => ({ ...shot.headers, authorization: 'AWS AKIA:signature' }),
  'an authorization header without a signature': (shot) => ({
    ...shot.headers,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/${shot.service}/aws4_request`,
  }),
  'no date': (shot) => {
    const { 'x-amz-date': _, ...headers } = signed(shot, cloud.port, { keys: cloud.credentials });
    return headers;
  },
  'an unknown key': (shot) =>
    signed(shot, cloud.port, { keys: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } }),
  'a wrong secret': (shot) =>
    signed(shot, cloud.port, { keys: { ...cloud.credentials, secretAccessKey: 'wrong' } }),
  'a token that is not of the key': (shot) =>
    signed(shot, cloud.port, { keys: cloud.credentials, token: 'token' }),
  'a scope for another day': (shot) =>
    signed(shot, cloud.port, { keys: cloud.credentials, scopeDate: '20200101' }),
  'a signature without the host': (shot) =>
    signed(shot, cloud.port, { keys: cloud.credentials, withoutHost: true }),
  'a time long ago': (shot) => signed(shot, cloud.port, { keys: cloud.credentials, late: 3_600_000 }),
  'the hash of another body': (shot) =>
    signed(shot, cloud.port, { keys: cloud.credentials, hash: sha256('another') }),
  'an unsupported kind of payload': (shot) =>
    signed(shot, cloud.port, { keys: cloud.credentials, hash: 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' }),
  'a caller without permission': (shot) => signed(shot, cloud.port, { keys: stranger }),
};

/** Status, content type and text, without what differs from run to run. */
async function answer(shot: Shot, headers: Record<string, string>): Promise<readonly string[]> {
  const { host: _, ...sent } = headers;
  const response = await fetch(`${cloud.endpoint}${shot.path}`, {
    method: shot.method,
    headers: sent,
    ...(shot.method === 'GET' ? {} : { body: shot.body }),
  });
  const text = (await response.text())
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\b\d{8}T\d{6}Z/g, '<time>')
    // Each Node.js words it in its own way.
    .replace(/(the body is not valid JSON): [^"]*/, '$1')
    .replace(/\b20\d{6}\b/g, (date) => (date === '20200101' ? date : '<today>'));
  return [`${response.status} ${response.headers.get('content-type')}`, text];
}

const expected = JSON.parse(readFileSync(join(import.meta.dirname, 'edge-errors.json'), 'utf8')) as Record<
  string,
  Record<string, readonly string[]>
>;

describe.each(Object.entries(kinds))('%s', (kind, { good, ...others }) => {
  it.each(Object.entries(spoilt))('answers %s', async (name, headersOf) => {
    expect(await answer(good, headersOf(good))).toEqual(expected[kind]?.[name]);
  });
  it.each(Object.entries(others))('answers %s', async (name, shot) => {
    const headers = signed(shot, cloud.port, { keys: cloud.credentials });
    expect(await answer(shot, headers)).toEqual(expected[kind]?.[name]);
  });
  it('answers a call that is right', async () => {
    const [status] = await answer(good, signed(good, cloud.port, { keys: cloud.credentials }));
    expect(status).toMatch(/^200 /);
  });
});
