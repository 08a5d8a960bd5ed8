import {
  CloudFrontClient,
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateDistributionWithTagsCommand,
  CreateInvalidationCommand,
  CreateKeyGroupCommand,
  CreateOriginAccessControlCommand,
  CreateResponseHeadersPolicyCommand,
  DeleteCachePolicyCommand,
  DeleteDistributionCommand,
  DeleteFunctionCommand,
  DeleteOriginAccessControlCommand,
  DescribeFunctionCommand,
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  GetInvalidationCommand,
  GetResponseHeadersPolicyConfigCommand,
  ListCachePoliciesCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListInvalidationsCommand,
  ListOriginAccessControlsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  TestFunctionCommand,
  UntagResourceCommand,
  UpdateDistributionCommand,
  UpdateFunctionCommand,
  UpdateOriginAccessControlCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  behaviour,
  cachingDisabled,
  cachingOptimized,
  config,
  customOrigin,
  distribute,
  edgeFunction,
  onRequest,
  s3Origin,
  viewer,
} from './cloudfront-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let client: CloudFrontClient;
beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFrontClient(cloud.client());
});
afterAll(() => cloud.dispose());

const api = customOrigin('api', 'abc123.execute-api.us-east-1.amazonaws.com', { OriginPath: '/dev' });

describe('distributions', () => {
  it('come with the defaults, ids and names of AWS', async () => {
    const made = await client.send(
      new CreateDistributionCommand({ DistributionConfig: config([api], behaviour('api')) }),
    );
    const { Distribution: d } = made;
    expect(d?.Id).toMatch(/^E[0-9A-Z]{13}$/);
    expect(d?.DomainName).toMatch(/^d[0-9a-f]{13}\.cloudfront\.net$/);
    expect(d?.ARN).toBe(`arn:aws:cloudfront::${cloud.accountId}:distribution/${d?.Id}`);
    expect(d?.Status).toBe('Deployed');
    expect(made.ETag).toMatch(/^E/);
    const read = await client.send(new GetDistributionConfigCommand({ Id: d?.Id }));
    expect(read.ETag).toBe(made.ETag);
    expect(read.DistributionConfig).toMatchObject({
      PriceClass: 'PriceClass_All',
      HttpVersion: 'http2',
      Origins: { Quantity: 1, Items: [{ Id: 'api', OriginPath: '/dev', ConnectionAttempts: 3 }] },
      DefaultCacheBehavior: { AllowedMethods: { Quantity: 2, Items: ['HEAD', 'GET'] }, Compress: false },
      ViewerCertificate: { CloudFrontDefaultCertificate: true },
    });
    const listed = await client.send(new ListDistributionsCommand({}));
    expect(listed.DistributionList?.Items?.map((item) => item.Id)).toContain(d?.Id);
  });

  it('change only with the current ETag, and are deleted only when disabled', async () => {
    const given = config([api], behaviour('api'));
    const { id: Id, etag } = await distribute(client, given);
    await expect(
      client.send(new UpdateDistributionCommand({ Id, DistributionConfig: given })),
    ).rejects.toMatchObject({ name: 'InvalidIfMatchVersion' });
    await expect(
      client.send(new UpdateDistributionCommand({ Id, IfMatch: 'EWRONG', DistributionConfig: given })),
    ).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    await expect(client.send(new DeleteDistributionCommand({ Id, IfMatch: etag }))).rejects.toMatchObject({
      name: 'DistributionNotDisabled',
    });
    const updated = await client.send(
      new UpdateDistributionCommand({ Id, IfMatch: etag, DistributionConfig: { ...given, Enabled: false } }),
    );
    expect(updated.ETag).not.toBe(etag);
    await client.send(new DeleteDistributionCommand({ Id, IfMatch: updated.ETag }));
    await expect(client.send(new GetDistributionCommand({ Id }))).rejects.toMatchObject({
      name: 'NoSuchDistribution',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuse by name what is not done here', async () => {
    const refusals: [string, Parameters<typeof config>[1], Parameters<typeof config>[2]][] = [
      [
        'Lambda@Edge',
        behaviour('api', {
          LambdaFunctionAssociations: {
            Quantity: 1,
            Items: [
              { EventType: 'origin-request', LambdaFunctionARN: 'arn:aws:lambda:us-east-1:1:function:f:1' },
            ],
          },
        }),
        {},
      ],
      [
        'signed URLs',
        behaviour('api', { TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['k'] } }),
        {},
      ],
      ['field-level encryption', behaviour('api', { FieldLevelEncryptionId: 'F' }), {}],
      ['continuous deployment', behaviour('api'), { ContinuousDeploymentPolicyId: 'C' }],
      [
        'geo restriction',
        behaviour('api'),
        { Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Quantity: 1, Items: ['DE'] } } },
      ],
    ];
    for (const [what, one, more] of refusals)
      await expect(distribute(client, config([api], one, more)), what).rejects.toMatchObject({
        name: 'NotImplemented',
        message: expect.stringContaining(what),
      });
    await expect(
      client.send(new CreateKeyGroupCommand({ KeyGroupConfig: { Name: 'k', Items: ['p'] } })),
    ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('CreateKeyGroup') });
  });

  it('refuse references to what does not exist', async () => {
    const attempts = [
      ['NoSuchOrigin', config([api], behaviour('other'))],
      ['NoSuchCachePolicy', config([api], behaviour('api', { CachePolicyId: 'nope' }))],
      ['NoSuchOriginAccessControl', config([s3Origin('s3', 'bucket', 'nope')], behaviour('s3'))],
      [
        'InvalidFunctionAssociation',
        config([api], behaviour('api', onRequest('arn:aws:cloudfront::1:function/nope'))),
      ],
    ] as const;
    for (const [name, given] of attempts)
      await expect(distribute(client, given)).rejects.toMatchObject({ name });
  });

  it('are tagged at creation and later', async () => {
    const made = await client.send(
      new CreateDistributionWithTagsCommand({
        DistributionConfigWithTags: {
          DistributionConfig: config([api], behaviour('api')),
          Tags: { Items: [{ Key: 'stage', Value: 'dev' }] },
        },
      }),
    );
    const Resource = made.Distribution?.ARN;
    await client.send(
      new TagResourceCommand({ Resource, Tags: { Items: [{ Key: 'team', Value: 'rooms' }] } }),
    );
    await client.send(new UntagResourceCommand({ Resource, TagKeys: { Items: ['stage'] } }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ Resource }));
    expect(Tags?.Items).toEqual([{ Key: 'team', Value: 'rooms' }]);
  });
});

describe('policies and origin access controls', () => {
  it("has AWS's own policies under their fixed ids, and does not change them", async () => {
    const { CachePolicy: policy, ETag } = await client.send(
      new GetCachePolicyCommand({ Id: cachingOptimized }),
    );
    expect(policy?.CachePolicyConfig).toMatchObject({
      Name: 'Managed-CachingOptimized',
      MinTTL: 1,
      DefaultTTL: 86400,
    });
    const { CachePolicyList: list } = await client.send(new ListCachePoliciesCommand({ Type: 'managed' }));
    expect(list?.Items?.map((item) => item.CachePolicy?.Id)).toContain(cachingDisabled);
    await expect(
      client.send(new DeleteCachePolicyCommand({ Id: cachingOptimized, IfMatch: ETag })),
    ).rejects.toMatchObject({ name: 'IllegalDelete' });
  });

  it('keeps a policy that a distribution uses', async () => {
    const made = await client.send(
      new CreateCachePolicyCommand({
        CachePolicyConfig: {
          Name: 'short',
          MinTTL: 0,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: false,
            HeadersConfig: { HeaderBehavior: 'none' },
            CookiesConfig: { CookieBehavior: 'none' },
            QueryStringsConfig: { QueryStringBehavior: 'none' },
          },
        },
      }),
    );
    const Id = made.CachePolicy?.Id ?? '';
    expect(Id).toMatch(/^[0-9a-f]{8}-/);
    expect(made.CachePolicy?.CachePolicyConfig).toMatchObject({ DefaultTTL: 86400, MaxTTL: 31536000 });
    await distribute(client, config([api], behaviour('api', { CachePolicyId: Id })));
    await expect(client.send(new DeleteCachePolicyCommand({ Id, IfMatch: made.ETag }))).rejects.toMatchObject(
      { name: 'CachePolicyInUse', $metadata: { httpStatusCode: 409 } },
    );
  });

  it('refuses a second policy of a name', async () => {
    const ResponseHeadersPolicyConfig = {
      Name: 'twice',
      SecurityHeadersConfig: { FrameOptions: { FrameOption: 'DENY' as const, Override: true } },
    };
    const made = await client.send(new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig }));
    const read = await client.send(
      new GetResponseHeadersPolicyConfigCommand({ Id: made.ResponseHeadersPolicy?.Id }),
    );
    expect(read.ResponseHeadersPolicyConfig).toMatchObject(ResponseHeadersPolicyConfig);
    await expect(
      client.send(new CreateResponseHeadersPolicyCommand({ ResponseHeadersPolicyConfig })),
    ).rejects.toMatchObject({ name: 'ResponseHeadersPolicyAlreadyExists' });
  });

  it('creates, changes, lists and deletes an origin access control', async () => {
    const given = {
      Name: 'oac',
      SigningProtocol: 'sigv4' as const,
      SigningBehavior: 'always' as const,
      OriginAccessControlOriginType: 's3' as const,
    };
    const made = await client.send(
      new CreateOriginAccessControlCommand({ OriginAccessControlConfig: given }),
    );
    const Id = made.OriginAccessControl?.Id;
    const changed = await client.send(
      new UpdateOriginAccessControlCommand({
        Id,
        IfMatch: made.ETag,
        OriginAccessControlConfig: { ...given, Description: 'of the page' },
      }),
    );
    const listed = await client.send(new ListOriginAccessControlsCommand({}));
    expect(listed.OriginAccessControlList?.Items).toEqual([{ Id, ...given, Description: 'of the page' }]);
    await client.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: changed.ETag }));
    const after = await client.send(new ListOriginAccessControlsCommand({}));
    expect(after.OriginAccessControlList?.Quantity).toBe(0);
    await expect(
      client.send(
        new CreateOriginAccessControlCommand({
          OriginAccessControlConfig: { ...given, OriginAccessControlOriginType: 'lambda' },
        }),
      ),
    ).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('functions', () => {
  const echo = 'function handler(event) { return event.request; }';
  const event = (uri: string) =>
    Buffer.from(
      JSON.stringify({
        version: '1.0',
        context: { eventType: 'viewer-request' },
        viewer: { ip: '1.2.3.4' },
        request: { method: 'GET', uri, querystring: {}, headers: {}, cookies: {} },
      }),
    );

  it('have a development stage, and a live one once published', async () => {
    const arn = await edgeFunction(client, 'staged', echo);
    expect(arn).toBe(`arn:aws:cloudfront::${cloud.accountId}:function/staged`);
    const { ETag } = await client.send(new DescribeFunctionCommand({ Name: 'staged' }));
    await client.send(
      new UpdateFunctionCommand({
        Name: 'staged',
        IfMatch: ETag,
        FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
        FunctionCode: Buffer.from(`${echo} // second`),
      }),
    );
    const live = await client.send(new GetFunctionCommand({ Name: 'staged', Stage: 'LIVE' }));
    expect(Buffer.from(live.FunctionCode ?? []).toString()).toBe(echo);
    const listed = await client.send(new ListFunctionsCommand({ Stage: 'LIVE' }));
    expect(listed.FunctionList?.Items?.map((item) => item.Name)).toEqual(['staged']);
  });

  it('are tested with an event, their logs and their errors shown', async () => {
    const run = async (name: string, code: string, uri: string) => {
      await edgeFunction(client, name, code);
      const { ETag } = await client.send(new DescribeFunctionCommand({ Name: name }));
      const { TestResult } = await client.send(
        new TestFunctionCommand({ Name: name, IfMatch: ETag, EventObject: event(uri) }),
      );
      return TestResult;
    };
    const good = await run(
      'async-rewrite',
      `import_me = undefined; async function handler(event) {
        const crypto = require('crypto');
        console.log('saw', event.request.uri);
        await Promise.resolve();
        event.request.uri = '/' + crypto.createHash('sha256').update('a').digest('hex').slice(0, 8);
        return event.request;
      }`,
      '/x',
    );
    expect(good?.FunctionErrorMessage).toBe('');
    expect(good?.FunctionExecutionLogs).toEqual(['saw /x']);
    expect(JSON.parse(good?.FunctionOutput ?? '{}')).toMatchObject({ request: { uri: '/ca978112' } });
    expect((await run('throws', 'function handler() { null.x; }', '/'))?.FunctionErrorMessage).toContain(
      'TypeError',
    );
    expect((await run('nothing', 'var a = 1;', '/'))?.FunctionErrorMessage).toContain('no handler');
    expect((await run('syntax', 'function handler( {', '/'))?.FunctionErrorMessage).toContain('SyntaxError');
    expect((await run('endless', 'function handler() { for (;;); }', '/'))?.FunctionErrorMessage).toContain(
      'ended',
    );
    expect(
      (await run('endless-later', 'async function handler() { await 1; for (;;); }', '/'))
        ?.FunctionErrorMessage,
    ).toContain('ended');
  });

  it('reach nothing of the host', async () => {
    await edgeFunction(
      client,
      'prober',
      `function handler(event) {
        var found = ['process', 'fetch', 'setTimeout', 'Buffer', 'global'].filter(function (n) { return n in globalThis; });
        try { event.constructor.constructor('return process')(); found.push('Function'); } catch (e) {}
        try { require('fs'); found.push('fs'); } catch (e) {}
        event.request.uri = '/' + found.join(',');
        return event.request;
      }`,
    );
    const { ETag } = await client.send(new DescribeFunctionCommand({ Name: 'prober' }));
    const { TestResult } = await client.send(
      new TestFunctionCommand({ Name: 'prober', IfMatch: ETag, EventObject: event('/') }),
    );
    expect(TestResult?.FunctionErrorMessage).toBe('');
    expect(JSON.parse(TestResult?.FunctionOutput ?? '{}').request.uri).toBe('/');
  });

  it('stay while a distribution uses them', async () => {
    const arn = await edgeFunction(client, 'used', echo);
    await distribute(client, config([api], behaviour('api', onRequest(arn))));
    const { ETag } = await client.send(new DescribeFunctionCommand({ Name: 'used' }));
    await expect(
      client.send(new DeleteFunctionCommand({ Name: 'used', IfMatch: ETag })),
    ).rejects.toMatchObject({ name: 'FunctionInUse' });
  });
});

describe('invalidations', () => {
  it('are done at once, listed, and not made twice for one caller reference', async () => {
    const { id: DistributionId } = await distribute(client, config([api], behaviour('api')));
    const InvalidationBatch = { CallerReference: 'one', Paths: { Quantity: 1, Items: ['/*'] } };
    const made = await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
    const again = await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
    expect(again.Invalidation?.Id).toBe(made.Invalidation?.Id);
    const read = await client.send(new GetInvalidationCommand({ DistributionId, Id: made.Invalidation?.Id }));
    expect(read.Invalidation).toMatchObject({ Status: 'Completed', InvalidationBatch });
    const listed = await client.send(new ListInvalidationsCommand({ DistributionId }));
    expect(listed.InvalidationList?.Items?.map((item) => item.Id)).toEqual([made.Invalidation?.Id]);
  });
});

describe('after a restart', () => {
  it('distributions, functions and tags are back, at the same domain', async () => {
    const first = await testCloud();
    const one = new CloudFrontClient(first.client());
    const arn = await edgeFunction(
      one,
      'answers',
      "function handler() { return { statusCode: 200, statusDescription: 'OK', body: 'from the edge' }; }",
    );
    const { domain } = await distribute(one, config([api], behaviour('api', onRequest(arn))));
    expect((await viewer(first, domain)('/')).text).toBe('from the edge');
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    expect((await viewer(second, domain)('/')).text).toBe('from the edge');
    await second.dispose();
  });
});
