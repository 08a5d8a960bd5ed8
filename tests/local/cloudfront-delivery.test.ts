import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  type CachePolicyConfig,
  CloudFrontClient,
  CreateCachePolicyCommand,
  CreateInvalidationCommand,
  CreateResponseHeadersPolicyCommand,
  type DefaultCacheBehavior,
  type DistributionConfig,
  GetDistributionConfigCommand,
  type ResponseHeadersPolicyConfig,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allViewerExceptHost,
  behaviour,
  cachingDisabled,
  config,
  customOrigin,
  distribute,
  edgeFunction,
  onRequest,
  type Viewed,
  viewer,
} from './cloudfront-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let client: CloudFrontClient;
let apiHost: string;

/** Answers what the last part of the path asks for, and shows the request it got. */
const origin = `exports.handler = async (event) => {
  const spec = JSON.parse(Buffer.from(event.path.split('/').at(-1), 'base64url').toString() || '{}');
  if (spec.etag && event.headers['if-none-match'] === spec.etag)
    return { statusCode: 304, headers: { etag: spec.etag } };
  return {
    statusCode: spec.status ?? 200,
    headers: { 'content-type': 'application/json', 'x-origin-call': event.requestContext.requestId,
      ...(spec.etag ? { etag: spec.etag } : {}), ...spec.headers },
    body: spec.body ?? JSON.stringify({ method: event.httpMethod, path: event.path, headers: event.headers,
      query: event.multiValueQueryStringParameters, body: event.body }),
  };
};`;

interface Spec {
  readonly status?: number;
  readonly etag?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly unique?: string;
}
let specs = 0;
/** A path that the origin answers as asked, different each time. */
const at = (spec: Spec = {}, prefix = '') =>
  `${prefix}/${Buffer.from(JSON.stringify({ unique: String(specs++), ...spec })).toString('base64url')}`;

beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFrontClient(cloud.client());
  const functions = functionsOf(cloud, await functionRole(cloud, 'origin-role'));
  await functions.create('origin', { 'index.js': origin });
  const api = new APIGatewayClient(cloud.client());
  const { id: restApiId = '', rootResourceId } = await api.send(new CreateRestApiCommand({ name: 'origin' }));
  const { id: resourceId } = await api.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: '{proxy+}' }),
  );
  await api.send(
    new PutMethodCommand({ restApiId, resourceId, httpMethod: 'ANY', authorizationType: 'NONE' }),
  );
  await api.send(
    new PutIntegrationCommand({
      restApiId,
      resourceId,
      httpMethod: 'ANY',
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${cloud.accountId}:function:origin/invocations`,
    }),
  );
  await functions.client.send(
    new AddPermissionCommand({
      FunctionName: 'origin',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  apiHost = `${restApiId}.execute-api.us-east-1.amazonaws.com`;
});
afterAll(() => cloud.dispose());

const api = () => customOrigin('api', apiHost, { OriginPath: '/dev' });

async function site(
  more: Partial<DefaultCacheBehavior> = {},
  settings: Partial<DistributionConfig> = {},
): Promise<{ view: ReturnType<typeof viewer>; id: string }> {
  const { domain, id } = await distribute(client, config([api()], behaviour('api', more), settings));
  return { view: viewer(cloud, domain), id };
}

const everyMethod = {
  AllowedMethods: {
    Quantity: 7,
    Items: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] as const,
    CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] as const },
  },
} as unknown as Partial<DefaultCacheBehavior>;

const call = (viewed: Viewed) => viewed.headers['x-origin-call'];

async function cachePolicy(
  given: Partial<CachePolicyConfig>,
  parameters: Partial<CachePolicyConfig['ParametersInCacheKeyAndForwardedToOrigin']> = {},
) {
  const made = await client.send(
    new CreateCachePolicyCommand({
      CachePolicyConfig: {
        Name: `policy-${specs++}`,
        MinTTL: 0,
        ...given,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: false,
          HeadersConfig: { HeaderBehavior: 'none' },
          CookiesConfig: { CookieBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
          ...parameters,
        },
      },
    }),
  );
  return made.CachePolicy?.Id ?? '';
}

describe('routing', () => {
  it('sends an API request on with method, body, query and headers, and the origin path before it', async () => {
    const { view } = await site({
      ...everyMethod,
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHost,
    });
    const path = at();
    const answer = await view(`${path}?a=1&a=2`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x', cookie: 's=1' },
      body: '{"walls":[]}',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['x-cache']).toBe('Miss from cloudfront');
    expect(JSON.parse(answer.text)).toMatchObject({
      method: 'POST',
      path,
      query: { a: ['1', '2'] },
      body: '{"walls":[]}',
      headers: { 'content-type': 'application/json', authorization: 'Bearer x', cookie: 's=1' },
    });
  });

  it('takes the first behaviour whose pattern matches, else the default', async () => {
    const { view } = await site(
      {},
      {
        CacheBehaviors: {
          Quantity: 2,
          Items: [
            { PathPattern: '/jobs/?', ...behaviour('api', { CachePolicyId: cachingDisabled }) },
            { PathPattern: '/jobs/*', ...behaviour('nowhere') },
          ],
        },
        Origins: { Quantity: 2, Items: [api(), customOrigin('nowhere', 'example.com')] },
      },
    );
    const refused = await view(at({}, '/jobs'));
    expect(refused.status).toBe(502);
    expect(refused.text).toContain('example.com');
    expect(refused.headers['x-cache']).toBe('Error from cloudfront');
    expect((await view(at())).status).toBe(200);
  });

  it('refuses methods the behaviour does not allow, unknown hosts and disabled distributions', async () => {
    const { view, id: Id } = await site();
    const posted = await view('/x', { method: 'POST' });
    expect(posted.status).toBe(403);
    expect(posted.text).toContain('not configured to allow the HTTP request method');
    expect((await viewer(cloud, 'dnobody.cloudfront.net')('/')).status).toBe(403);
    const { DistributionConfig, ETag } = await client.send(new GetDistributionConfigCommand({ Id }));
    await client.send(
      new UpdateDistributionCommand({
        Id,
        IfMatch: ETag,
        DistributionConfig: DistributionConfig && { ...DistributionConfig, Enabled: false },
      }),
    );
    expect((await view(at())).status).toBe(403);
  });

  it('refuses for API Gateway when a policy forwards the viewer host, as API Gateway does', async () => {
    const allViewer = '216adef6-5c7f-47e4-b989-5492eafa07d3';
    const { view } = await site({ CachePolicyId: cachingDisabled, OriginRequestPolicyId: allViewer });
    const answer = await view(at());
    expect(answer.status).toBe(403);
    expect(answer.headers['x-slipway-reason']).toContain('Host');
  });

  it('sends neither cookies, query strings nor viewer headers without a policy for them', async () => {
    const { view } = await site();
    const answer = await view(`${at()}?a=1`, {
      headers: { cookie: 's=1', 'x-mine': '1', authorization: 'x' },
    });
    const seen = JSON.parse(answer.text);
    expect(seen.query).toBeNull();
    expect(Object.keys(seen.headers)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(seen.headers).toMatchObject({ 'user-agent': 'Amazon CloudFront' });
    expect(seen.headers['x-mine'] ?? seen.headers.authorization).toBeUndefined();
  });
});

describe('the cache', () => {
  it('keeps what the origin lets it, for as long as it says', async () => {
    const { view } = await site();
    const path = at({ headers: { 'cache-control': 'max-age=60' } });
    const first = await view(path);
    expect(first.headers['x-cache']).toBe('Miss from cloudfront');
    expect(first.headers.age).toBeUndefined();
    await cloud.clock.advance(30_000);
    const second = await view(path);
    expect(second.headers['x-cache']).toBe('Hit from cloudfront');
    expect(Number(second.headers.age)).toBeGreaterThanOrEqual(30);
    expect(call(second)).toBe(call(first));
    await cloud.clock.advance(31_000);
    const third = await view(path);
    expect(third.headers['x-cache']).toBe('Miss from cloudfront');
    expect(call(third)).not.toBe(call(first));
  });

  it('holds the origin to the minimum and maximum of the policy', async () => {
    const { view } = await site({
      CachePolicyId: await cachePolicy({ MinTTL: 10, DefaultTTL: 20, MaxTTL: 30 }),
    });
    const noStore = at({ headers: { 'cache-control': 'no-store' } });
    const long = at({ headers: { 'cache-control': 's-maxage=1000, max-age=1' } });
    const silent = at();
    for (const path of [noStore, long, silent]) await view(path);
    const outcomes = async () => {
      const seen = [];
      for (const path of [noStore, long, silent])
        seen.push((await view(path)).headers['x-cache']?.toString().split(' ')[0]);
      return seen;
    };
    await cloud.clock.advance(9_000);
    expect(await outcomes()).toEqual(['Hit', 'Hit', 'Hit']);
    await cloud.clock.advance(12_000);
    expect(await outcomes()).toEqual(['Miss', 'Hit', 'Miss']);
    await cloud.clock.advance(10_000);
    expect((await view(long)).headers['x-cache']).toBe('Miss from cloudfront');
  });

  it('asks with the ETag when a copy is old, and keeps the copy on 304', async () => {
    const { view } = await site();
    const path = at({ etag: '"v1"', headers: { 'cache-control': 'max-age=5' }, body: 'same' });
    const first = await view(path);
    await cloud.clock.advance(6_000);
    const second = await view(path);
    expect(second.headers['x-cache']).toBe('RefreshHit from cloudfront');
    expect(second.text).toBe('same');
    expect(call(second)).toBe(call(first));
    expect((await view(path)).headers['x-cache']).toBe('Hit from cloudfront');
  });

  it('keys by the query strings, headers and cookies of the policy alone', async () => {
    const { view } = await site({
      CachePolicyId: await cachePolicy(
        {},
        {
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Quantity: 1, Items: ['X-Tenant'] } },
          QueryStringsConfig: {
            QueryStringBehavior: 'whitelist',
            QueryStrings: { Quantity: 1, Items: ['page'] },
          },
          CookiesConfig: { CookieBehavior: 'allExcept', Cookies: { Quantity: 1, Items: ['tracking'] } },
        },
      ),
    });
    const path = at();
    const base = await view(`${path}?page=1`, { headers: { 'x-tenant': 'a', cookie: 'u=1' } });
    expect(JSON.parse(base.text)).toMatchObject({
      query: { page: ['1'] },
      headers: { 'x-tenant': 'a', cookie: 'u=1' },
    });
    const same = await view(`${path}?utm=x&page=1`, {
      headers: { 'x-tenant': 'a', cookie: 'tracking=9; u=1', 'x-other': '1' },
    });
    expect(call(same)).toBe(call(base));
    for (const [url, headers] of [
      [`${path}?page=2`, { 'x-tenant': 'a', cookie: 'u=1' }],
      [`${path}?page=1`, { 'x-tenant': 'b', cookie: 'u=1' }],
      [`${path}?page=1`, { 'x-tenant': 'a', cookie: 'u=2' }],
    ] as const)
      expect(call(await view(url, { headers }))).not.toBe(call(base));
  });

  it('drops what an invalidation names, wildcards at the end only', async () => {
    const { view, id: DistributionId } = await site();
    const [kept, dropped, literal] = [at({}, '/b'), at({}, '/a/deep'), at({}, '/c')];
    const calls = async () => [call(await view(kept)), call(await view(dropped)), call(await view(literal))];
    const before = await calls();
    expect(await calls()).toEqual(before);
    await client.send(
      new CreateInvalidationCommand({
        DistributionId,
        InvalidationBatch: { CallerReference: 'x', Paths: { Quantity: 2, Items: ['/a/*', '/*/c'] } },
      }),
    );
    const after = await calls();
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).toBe(before[2]);
  });

  it('keeps errors ten seconds unless told otherwise', async () => {
    const { view } = await site(
      {},
      {
        CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 500, ErrorCachingMinTTL: 0 }] },
      },
    );
    const missing = at({ status: 404 });
    const first = await view(missing);
    expect(first.headers['x-cache']).toBe('Error from cloudfront');
    expect(call(await view(missing))).toBe(call(first));
    await cloud.clock.advance(11_000);
    expect(call(await view(missing))).not.toBe(call(first));
    const broken = at({ status: 500 });
    expect(call(await view(broken))).not.toBe(call(await view(broken)));
    const forgiven = at({ status: 404, headers: { 'cache-control': 'no-store' } });
    expect(call(await view(forgiven))).not.toBe(call(await view(forgiven)));
  });

  it('serves the old copy while the origin cannot be reached', async () => {
    const { view, id: Id } = await site();
    const path = at({ body: 'old', headers: { 'cache-control': 'max-age=5' } });
    const strict = at({ body: 'old', headers: { 'cache-control': 'max-age=5, must-revalidate' } });
    await view(path);
    await view(strict);
    const { DistributionConfig: kept, ETag } = await client.send(new GetDistributionConfigCommand({ Id }));
    await client.send(
      new UpdateDistributionCommand({
        Id,
        IfMatch: ETag,
        DistributionConfig: kept && {
          ...kept,
          Origins: { Quantity: 1, Items: [customOrigin('api', 'gone.example.com')] },
        },
      }),
    );
    await cloud.clock.advance(6_000);
    expect((await view(path)).text).toBe('old');
    expect((await view(strict)).status).toBe(502);
  });

  it('answers conditional, range and HEAD requests from one copy', async () => {
    const { view } = await site();
    const path = at({ etag: '"v1"', body: '0123456789', headers: { 'cache-control': 'max-age=60' } });
    await view(path);
    const same = await view(path, { headers: { 'if-none-match': 'W/"v1"' } });
    expect([same.status, same.text]).toEqual([304, '']);
    const part = await view(path, { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, '234', 'bytes 2-4/10']);
    const tail = await view(path, { headers: { range: 'bytes=-3' } });
    expect(tail.text).toBe('789');
    const beyond = await view(path, { headers: { range: 'bytes=50-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */10']);
    const head = await view(path, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.headers['x-cache']]).toEqual([
      200,
      '10',
      'Hit from cloudfront',
    ]);
  });
});

describe('compression', () => {
  const text = 'All rooms are drawn. '.repeat(200);
  it('prefers Brotli, weakens the ETag and keeps one copy per encoding', async () => {
    const { view } = await site({ Compress: true });
    const path = at({ etag: '"v1"', body: text, headers: { 'content-type': 'text/html; charset=utf-8' } });
    const brotli = await view(path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      etag: 'W/"v1"',
      vary: 'Accept-Encoding',
    });
    expect(brotliDecompressSync(brotli.body).toString()).toBe(text);
    const gzip = await view(path, { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(gunzipSync(gzip.body).toString()).toBe(text);
    const plain = await view(path);
    expect([plain.headers['content-encoding'], plain.headers.etag, plain.text]).toEqual([
      undefined,
      '"v1"',
      text,
    ]);
    const again = await view(path, { headers: { 'accept-encoding': 'br' } });
    const both = await view(path, { headers: { 'accept-encoding': 'br, gzip' } });
    expect([again.headers['x-cache'], both.headers['x-cache']]).toEqual([
      'Miss from cloudfront',
      'Hit from cloudfront',
    ]);
  });

  it('leaves small bodies, other types and other behaviours alone', async () => {
    const headers = { 'accept-encoding': 'gzip, br' };
    const { view } = await site({ Compress: true });
    const off = await site();
    const seen = [
      await view(at({ body: 'short' }), { headers }),
      await view(at({ body: text, headers: { 'content-type': 'image/png' } }), { headers }),
      await off.view(at({ body: text }), { headers }),
    ];
    expect(seen.map((one) => one.headers['content-encoding'])).toEqual([undefined, undefined, undefined]);
  });
});

describe('functions at the edge', () => {
  it('rewrite a request before the cache is asked', async () => {
    const target = at();
    const arn = await edgeFunction(
      client,
      'rewrite',
      `function handler(event) {
        var request = event.request;
        request.uri = '${target}';
        request.querystring = { seen: { value: Object.keys(request.querystring).join('') } };
        request.headers['x-viewer'] = { value: event.viewer.ip };
        return request;
      }`,
    );
    const { view } = await site({
      ...onRequest(arn),
      CachePolicyId: cachingDisabled,
      OriginRequestPolicyId: allViewerExceptHost,
    });
    const answer = JSON.parse((await view('/anything?q=1')).text);
    expect(answer).toMatchObject({
      path: target,
      query: { seen: ['q'] },
      headers: { 'x-viewer': '127.0.0.1' },
    });
  });

  it('answer in place of the origin', async () => {
    const arn = await edgeFunction(
      client,
      'redirect',
      `function handler() {
        return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/new' } },
          cookies: { seen: { value: '1', attributes: 'Path=/' } } };
      }`,
    );
    const { view } = await site(onRequest(arn));
    const answer = await view('/old');
    expect(answer.status).toBe(302);
    expect(answer.headers).toMatchObject({
      location: '/new',
      'set-cookie': ['seen=1; Path=/'],
      'x-cache': 'FunctionGeneratedResponse from cloudfront',
    });
  });

  it('change a response, but not one of status 400 or above', async () => {
    const FunctionARN = await edgeFunction(
      client,
      'stamp',
      "function handler(event) { event.response.headers['x-stamped'] = { value: 'yes' }; return event.response; }",
    );
    const { view } = await site({
      FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-response', FunctionARN }] },
    });
    const path = at({ body: 'kept' });
    for (const expected of ['Miss', 'Hit']) {
      const answer = await view(path);
      expect([answer.headers['x-stamped'], answer.text]).toEqual(['yes', 'kept']);
      expect(answer.headers['x-cache']).toContain(expected);
    }
    expect((await view(at({ status: 404 }))).headers['x-stamped']).toBeUndefined();
  });

  it('give a 503 that says why when they fail', async () => {
    const arn = await edgeFunction(client, 'fails', 'function handler() { throw new Error("no plan"); }');
    const { view } = await site(onRequest(arn));
    const answer = await view('/');
    expect([answer.status, answer.headers['x-cache']]).toEqual([
      503,
      'FunctionExecutionError from cloudfront',
    ]);
    expect(answer.text).toContain('no plan');
  });
});

describe('response headers policies', () => {
  const policy = async (given: Omit<ResponseHeadersPolicyConfig, 'Name'>) => {
    const made = await client.send(
      new CreateResponseHeadersPolicyCommand({
        ResponseHeadersPolicyConfig: { Name: `headers-${specs++}`, ...given },
      }),
    );
    return { ResponseHeadersPolicyId: made.ResponseHeadersPolicy?.Id };
  };

  it('add security and custom headers to every answer, errors included, and remove others', async () => {
    const { view } = await site(
      await policy({
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: false },
          StrictTransportSecurity: {
            AccessControlMaxAgeSec: 31536000,
            IncludeSubdomains: true,
            Override: true,
          },
        },
        CustomHeadersConfig: { Quantity: 1, Items: [{ Header: 'X-Site', Value: 'rooms', Override: false }] },
        RemoveHeadersConfig: { Quantity: 1, Items: [{ Header: 'X-Powered-By' }] },
        ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 100 },
      }),
    );
    const answer = await view(at({ headers: { 'x-frame-options': 'SAMEORIGIN', 'x-powered-by': 'x' } }));
    expect(answer.headers).toMatchObject({
      'content-security-policy': "default-src 'self'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-site': 'rooms',
      'server-timing': expect.stringContaining('cdn-cache-miss'),
    });
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect((await view(at({ status: 404 }))).headers['x-site']).toBe('rooms');
  });

  it('answer CORS requests from allowed origins, and leave the others', async () => {
    const { view } = await site(
      await policy({
        CorsConfig: {
          AccessControlAllowOrigins: { Quantity: 1, Items: ['https://*.example.com'] },
          AccessControlAllowHeaders: { Quantity: 1, Items: ['*'] },
          AccessControlAllowMethods: { Quantity: 1, Items: ['ALL'] },
          AccessControlAllowCredentials: false,
          OriginOverride: true,
        },
      }),
    );
    const path = at();
    const good = await view(path, { headers: { origin: 'https://app.example.com' } });
    expect(good.headers['access-control-allow-origin']).toBe('https://app.example.com');
    const others: Record<string, string>[] = [{ origin: 'https://evil.test' }, {}];
    for (const headers of others)
      expect((await view(path, { headers })).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('error pages and failover', () => {
  it('replace an error by a page and its status', async () => {
    const page = at({ body: 'the page', headers: { 'content-type': 'text/html' } });
    const { view } = await site(
      {},
      {
        CustomErrorResponses: {
          Quantity: 1,
          Items: [{ ErrorCode: 404, ResponseCode: '200', ResponsePagePath: page, ErrorCachingMinTTL: 1 }],
        },
      },
    );
    const answer = await view(at({ status: 404 }));
    expect([answer.status, answer.text, answer.headers['x-cache']]).toEqual([
      200,
      'the page',
      'Error from cloudfront',
    ]);
  });

  it('ask the second origin of a group when the first fails', async () => {
    const { domain } = await distribute(
      client,
      config([api(), customOrigin('gone', 'gone.example.com')], behaviour('group'), {
        OriginGroups: {
          Quantity: 1,
          Items: [
            {
              Id: 'group',
              FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [502] } },
              Members: { Quantity: 2, Items: [{ OriginId: 'gone' }, { OriginId: 'api' }] },
            },
          ],
        },
      }),
    );
    expect((await viewer(cloud, domain)(at())).status).toBe(200);
  });
});

describe('the meter', () => {
  it('counts requests and bytes both ways', async () => {
    const { view, id } = await site({ ...everyMethod, CachePolicyId: cachingDisabled });
    await view(at({ body: '0123456789' }));
    await view(at({ body: '' }), { method: 'POST', body: '12345' });
    const counted = cloud.meter
      .totals()
      .filter(({ service, resource }) => service === 'cloudfront' && resource?.endsWith(id))
      .map(({ usage, quantity }) => [usage, quantity]);
    expect(Object.fromEntries(counted)).toEqual({
      'requests-https': 2,
      'data-transfer-out-bytes': 10,
      'data-transfer-to-origin-bytes': 5,
    });
  });
});
