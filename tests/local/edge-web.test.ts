/** What a web page that the developer visits can do, and what a client of a service that is not here is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Draft, send, signHeaders } from './signing.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

const get = (path: string, host: string, more: Record<string, string> = {}) =>
  send(cloud.port, { method: 'GET', path, headers: { host, ...more } });

describe('under a name that its owner may have turned to this machine', () => {
  const foreign = [
    'evil.example',
    'evil.example:4566',
    '127.0.0.1.nip.io',
    'localhost.evil.example',
    'evilamazonaws.com',
  ];
  const paths = [
    '/',
    '/bucket/key',
    '/_slipway/health',
    '/_aws/ecs/credentials/x',
    '/_aws/execute-api/abc/prod/',
  ];
  it.each(foreign)('nothing is answered without a signature: %s', async (name) => {
    for (const path of paths)
      expect(await get(path, name)).toMatchObject({
        status: 403,
        body: expect.stringContaining('under names that nobody else can register'),
      });
    expect(
      await send(cloud.port, { method: 'OPTIONS', path: '/b/k', headers: { host: name } }),
    ).toMatchObject({
      status: 403,
    });
  });
  it('not even the token opens the control interface', async () => {
    expect(await get('/_slipway/clock', 'evil.example', { 'x-slipway-token': 'x' })).toMatchObject({
      status: 403,
    });
  });
  it('signed requests are answered all the same', async () => {
    const draft: Draft = { method: 'GET', path: '/', service: 's3' };
    const { headers } = signHeaders(draft, 'proxy.example', cloud.credentials);
    expect(await send(cloud.port, { method: 'GET', path: '/', headers })).toMatchObject({ status: 200 });
  });
});

it.each([
  '127.0.0.1',
  '[::1]:4566',
  'localhost:4566',
  'app.localhost',
  'slipway:4566',
  'host.docker.internal',
  'b.s3.amazonaws.com',
])('unsigned requests are answered under %s', async (name) => {
  expect(await get('/_slipway/health', name)).toMatchObject({ status: 200 });
});

describe('a request that any page can send', () => {
  const bodies = {
    'text/plain': '{}',
    'application/x-www-form-urlencoded': 'Action=CreateQueue&QueueName=q',
  };
  it.each(Object.entries(bodies))('has no effect: a POST of %s', async (type, body) => {
    for (const path of [
      '/',
      '/?Action=CreateQueue&QueueName=q',
      '/2015-03-31/functions',
      '/bucket?delete',
      '/bucket/k',
    ]) {
      const answer = await send(cloud.port, {
        method: 'POST',
        path,
        headers: { host: '127.0.0.1', origin: 'https://evil.example', 'content-type': type },
        body,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500 + (answer.status === 501 ? 2 : 0));
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
  it('does not reach the control interface', async () => {
    const post = { method: 'POST', path: '/_slipway/stop', headers: { host: '127.0.0.1' }, body: '{}' };
    expect(await send(cloud.port, post)).toMatchObject({ status: 403 });
    const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const preflight = await send(cloud.port, {
      method: 'OPTIONS',
      path: '/_slipway/stop',
      headers: { host: '127.0.0.1', ...asked },
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a path that is not valid percent-encoding', () => {
  it.each(['/%zz/k', '/%', '/b/%ff', '/b/%e0%a4'])('is InvalidURI for S3: %s', async (path) => {
    const answer = await get(path, '127.0.0.1');
    expect(answer).toMatchObject({
      status: 400,
      body: expect.stringContaining(
        "<Code>InvalidURI</Code><Message>Couldn't parse the specified URI.</Message>",
      ),
    });
  });
  it.each([
    '/_aws/execute-api/%zz',
    '/_aws/cloudformation/%zz',
    '/_aws/ecr/v2/%zz',
    '/_aws/ecs/%zz',
    '/_slipway/%zz',
  ])('is refused elsewhere: %s', async (path) => {
    const { status } = await get(path, '127.0.0.1');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
  it('is refused to a preflight', async () => {
    const headers = {
      host: '127.0.0.1',
      origin: 'https://a.example',
      'access-control-request-method': 'GET',
    };
    const { status } = await send(cloud.port, { method: 'OPTIONS', path: '/%zz/k', headers });
    expect(status).toBe(403);
  });
});

describe('a service that is not here says so in the protocol of its client', () => {
  const message = 'Slipway does not run what this request is for';
  const cases: readonly [string, Draft, string, string][] = [
    [
      'AWS JSON 1.1',
      {
        method: 'POST',
        path: '/',
        service: 'kinesis',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'Kinesis_20131202.ListStreams',
        },
        body: '{}',
      },
      'application/x-amz-json-1.1',
      '"__type":"NotImplemented"',
    ],
    [
      'Query',
      {
        method: 'POST',
        path: '/',
        service: 'elasticloadbalancing',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: 'Action=DescribeLoadBalancers&Version=2015-12-01',
      },
      'text/xml',
      '<Code>NotImplemented</Code>',
    ],
    [
      'REST-XML',
      { method: 'GET', path: '/2013-04-01/hostedzone', service: 'route53' },
      'application/xml',
      '<Code>NotImplemented</Code>',
    ],
    [
      'REST-JSON',
      { method: 'GET', path: '/v1/apis', service: 'appsync' },
      'application/json',
      '"__type":"NotImplemented"',
    ],
  ];
  it.each(cases)('%s', async (_, draft, type, code) => {
    const host = `127.0.0.1:${cloud.port}`;
    const { path, headers } = signHeaders(draft, host, cloud.credentials);
    const answer = await send(cloud.port, { method: draft.method, path, headers, body: draft.body });
    expect(answer).toMatchObject({ status: 501, headers: { 'content-type': type } });
    expect(answer.body).toContain(code);
    expect(answer.body).toContain(message);
  });
});

describe('an error in AWS JSON', () => {
  const shoot = async (target: string, body: string, service: string, region = 'us-east-1') => {
    const draft: Draft = {
      method: 'POST',
      path: '/',
      service,
      region,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    };
    const { path, headers } = signHeaders(draft, `127.0.0.1:${cloud.port}`, cloud.credentials);
    const answer = await send(cloud.port, { method: 'POST', path, headers, body });
    const { __type } = JSON.parse(answer.body) as { readonly __type: string };
    return [answer.status, __type, answer.headers['x-amzn-query-error']];
  };
  const cases: readonly [string, Parameters<typeof shoot>, Awaited<ReturnType<typeof shoot>>][] = [
    [
      'of a queue that is not there',
      ['AmazonSQS.GetQueueUrl', '{"QueueName":"nowhere"}', 'sqs'],
      [400, 'com.amazonaws.sqs#QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue;Sender'],
    ],
    [
      'of a queue name that is none',
      ['AmazonSQS.CreateQueue', '{"QueueName":"a b"}', 'sqs'],
      [400, 'com.amazon.coral.service#InvalidParameterValueException', 'InvalidParameterValue;Sender'],
    ],
    [
      'of a call of SQS that is for a region that is none',
      ['AmazonSQS.ListQueues', '{}', 'sqs', 'eu-wets-9'],
      [403, 'com.amazon.coral.service#InvalidSignatureException', 'SignatureDoesNotMatch;Sender'],
    ],
    [
      'of a table that is not there',
      ['DynamoDB_20120810.DescribeTable', '{"TableName":"nowhere"}', 'dynamodb'],
      [400, 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', undefined],
    ],
    [
      'of a table name that is none',
      ['DynamoDB_20120810.DescribeTable', '{"TableName":"a b"}', 'dynamodb'],
      [400, 'com.amazon.coral.validate#ValidationException', undefined],
    ],
    [
      'of a call of DynamoDB that is for a region that is none',
      ['DynamoDB_20120810.ListTables', '{}', 'dynamodb', 'eu-wets-9'],
      [400, 'com.amazon.coral.service#InvalidSignatureException', undefined],
    ],
    [
      'of a parameter that is not there',
      ['AmazonSSM.GetParameter', '{"Name":"nowhere"}', 'ssm'],
      [400, 'ParameterNotFound', undefined],
    ],
  ];
  it.each(cases)('is named as AWS names it: %s', async (_, given, expected) => {
    expect(await shoot(...given)).toEqual(expected);
  });
});
