import {
  CloudFrontClient,
  CreateInvalidationCommand,
  CreateOriginAccessControlCommand,
  type DefaultCacheBehavior,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { behaviour, config, distribute, s3Origin, viewer } from './cloudfront-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let client: CloudFrontClient;
let s3: S3Client;
let control: string;
const Bucket = 'page-of-rooms';
const script = 'export const rooms = 1;\n'.repeat(100);

const allow = (sourceArn: string) => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${Bucket}/*`,
  Condition: { StringEquals: { 'AWS:SourceArn': sourceArn } },
});

const policy = (...Statement: object[]) =>
  s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }),
  );

beforeAll(async () => {
  cloud = await testCloud();
  client = new CloudFrontClient(cloud.client());
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string, ContentType: string, CacheControl: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl, Metadata: { by: 'test' } }));
  await put('index.html', '<h1>Rooms</h1>', 'text/html', 'no-cache');
  await put('assets/app 1.js', script, 'text/javascript', 'public, max-age=31536000, immutable');
  await put('site/index.html', 'in a folder', 'text/html', 'no-cache');
  const made = await client.send(
    new CreateOriginAccessControlCommand({
      OriginAccessControlConfig: {
        Name: 'page',
        SigningProtocol: 'sigv4',
        SigningBehavior: 'always',
        OriginAccessControlOriginType: 's3',
      },
    }),
  );
  control = made.OriginAccessControl?.Id ?? '';
});
afterAll(() => cloud.dispose());

const site = async (more: Partial<DistributionConfig> = {}, page: Partial<DefaultCacheBehavior> = {}) => {
  const made = await distribute(
    client,
    config([s3Origin('s3', Bucket, control)], behaviour('s3', { Compress: true, ...page }), {
      DefaultRootObject: 'index.html',
      ...more,
    }),
  );
  return { ...made, view: viewer(cloud, made.domain) };
};

describe('a private bucket behind a distribution', () => {
  it("is read as cloudfront.amazonaws.com, by the distribution the bucket's policy names and by no other", async () => {
    const mine = await site();
    const other = await site();
    await policy(allow(mine.arn));
    const page = await mine.view('/');
    expect([page.status, page.text]).toEqual([200, '<h1>Rooms</h1>']);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      'x-amz-meta-by': 'test',
      server: 'AmazonS3',
    });
    const refused = await other.view('/');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('<Code>AccessDenied</Code>');
  });

  it('is read as anyone without an origin access control', async () => {
    const { arn, domain } = await distribute(client, config([s3Origin('s3', Bucket)], behaviour('s3')));
    await policy(allow(arn));
    const answer = await viewer(cloud, domain)('/index.html');
    expect([answer.status, answer.headers['content-type']]).toEqual([403, 'application/xml']);
  });

  it('serves encoded names compressed from the cache, and shows a missing key as S3 does', async () => {
    const { arn, view } = await site();
    await policy(allow(arn));
    const headers = { 'accept-encoding': 'br' };
    const first = await view('/assets/app%201.js', { headers });
    expect([first.status, first.headers['content-encoding'], first.headers['x-cache']]).toEqual([
      200,
      'br',
      'Miss from cloudfront',
    ]);
    expect((await view('/assets/app%201.js', { headers })).headers['x-cache']).toBe('Hit from cloudfront');
    const part = await view('/assets/app%201.js', { headers: { ...headers, range: 'bytes=0-5' } });
    expect([part.status, part.text]).toEqual([206, 'export']);
    const head = await view('/index.html', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.text]).toEqual([200, '14', '']);
    // Without s3:ListBucket, S3 does not say whether a key exists.
    const missing = await view('/nothing.js');
    expect([missing.status, missing.headers['x-cache']]).toEqual([403, 'Error from cloudfront']);
    expect(missing.text).toContain('<Code>AccessDenied</Code>');
    await policy(allow(arn), {
      ...allow(arn),
      Action: 's3:ListBucket',
      Resource: `arn:aws:s3:::${Bucket}`,
    });
    expect((await view('/nothing.js')).text).toContain('<Code>NoSuchKey</Code>');
  });

  it('keeps a no-cache page for the minimum TTL of the policy, then asks whether it has changed', async () => {
    const { arn, view } = await site();
    await policy(allow(arn));
    await view('/');
    await cloud.clock.advance(2_000);
    expect((await view('/')).headers['x-cache']).toBe('RefreshHit from cloudfront');
    await s3.send(
      new PutObjectCommand({ Bucket, Key: 'index.html', Body: 'new rooms', ContentType: 'text/html' }),
    );
    await cloud.clock.advance(2_000);
    const changed = await view('/');
    expect([changed.headers['x-cache'], changed.text]).toEqual(['Miss from cloudfront', 'new rooms']);
  });

  it('streams what is larger than the cache keeps, and parts of it', async () => {
    const { arn, view } = await site();
    await policy(allow(arn));
    const size = 33 * 1024 * 1024;
    await s3.send(new PutObjectCommand({ Bucket, Key: 'large.bin', Body: Buffer.alloc(size, 'r') }));
    const whole = await view('/large.bin');
    expect([whole.status, whole.body.length, whole.headers['x-cache']]).toEqual([
      200,
      size,
      'Miss from cloudfront',
    ]);
    const part = await view('/large.bin', { headers: { range: `bytes=${size - 3}-` } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([
      206,
      'rrr',
      `bytes ${size - 3}-${size - 1}/${size}`,
    ]);
  });

  it('is read from the folder of the origin path', async () => {
    const { arn, domain } = await distribute(
      client,
      config([{ ...s3Origin('s3', Bucket, control), OriginPath: '/site' }], behaviour('s3')),
    );
    await policy(allow(arn));
    expect((await viewer(cloud, domain)('/index.html')).text).toBe('in a folder');
  });
});

describe('permissions', () => {
  it('are asked for on the distribution, and a denial names the missing statement', async () => {
    const { id, arn } = await site();
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: 'publisher' }));
    const put = (Resource: string) =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'publisher',
          PolicyName: 'invalidate',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'cloudfront:CreateInvalidation', Resource }],
          }),
        }),
      );
    await put('arn:aws:cloudfront::*:distribution/EOTHER');
    const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: 'publisher' }));
    const publisher = new CloudFrontClient(
      cloud.client({ accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' }),
    );
    const invalidate = () =>
      publisher.send(
        new CreateInvalidationCommand({
          DistributionId: id,
          InvalidationBatch: { CallerReference: 'p', Paths: { Quantity: 1, Items: ['/*'] } },
        }),
      );
    await expect(invalidate()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(`cloudfront:CreateInvalidation.*${arn}`),
    });
    await put(arn);
    expect((await invalidate()).Invalidation?.Status).toBe('Completed');
  });
});

describe('the CloudFormation types', () => {
  const template = (comment: string) => ({
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'stacked-page' } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'cloudfront.amazonaws.com' },
                Action: 's3:GetObject',
                Resource: 'arn:aws:s3:::stacked-page/*',
                Condition: {
                  StringEquals: {
                    'AWS:SourceArn': {
                      'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}',
                    },
                  },
                },
              },
            ],
          },
        },
      },
      Headers: {
        Type: 'AWS::CloudFront::ResponseHeadersPolicy',
        Properties: {
          ResponseHeadersPolicyConfig: {
            Name: 'stacked-headers',
            CustomHeadersConfig: { Items: [{ Header: 'X-Comment', Value: comment, Override: true }] },
            SecurityHeadersConfig: { FrameOptions: { FrameOption: 'DENY', Override: true } },
          },
        },
      },
      Cache: {
        Type: 'AWS::CloudFront::CachePolicy',
        Properties: {
          CachePolicyConfig: {
            Name: 'stacked-cache',
            MinTTL: 1,
            DefaultTTL: 60,
            MaxTTL: 3600,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingGzip: true,
              HeadersConfig: { HeaderBehavior: 'none' },
              CookiesConfig: { CookieBehavior: 'none' },
              QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['v'] },
            },
          },
        },
      },
      Fallback: {
        Type: 'AWS::CloudFront::Function',
        Properties: {
          Name: 'stacked-fallback',
          AutoPublish: true,
          FunctionCode:
            "function handler(event) { var r = event.request; if (r.uri.indexOf('.') < 0) r.uri = '/index.html'; return r; }",
          FunctionConfig: { Comment: 'fallback', Runtime: 'cloudfront-js-2.0' },
        },
      },
      Control: {
        Type: 'AWS::CloudFront::OriginAccessControl',
        Properties: {
          OriginAccessControlConfig: {
            Name: 'stacked-control',
            OriginAccessControlOriginType: 's3',
            SigningBehavior: 'always',
            SigningProtocol: 'sigv4',
          },
        },
      },
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          Tags: [{ Key: 'stage', Value: 'dev' }],
          DistributionConfig: {
            Enabled: true,
            Comment: comment,
            DefaultRootObject: 'index.html',
            HttpVersion: 'http2and3',
            IPV6Enabled: true,
            PriceClass: 'PriceClass_100',
            Logging: { Bucket: 'logs.s3.us-east-1.amazonaws.com', Prefix: 'cloudfront/' },
            DefaultCacheBehavior: {
              TargetOriginId: 's3',
              AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
              CachePolicyId: { Ref: 'Cache' },
              Compress: true,
              FunctionAssociations: [
                { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Fallback', 'FunctionARN'] } },
              ],
              ResponseHeadersPolicyId: { Ref: 'Headers' },
              ViewerProtocolPolicy: 'redirect-to-https',
            },
            CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/index.html' }],
            Origins: [
              {
                Id: 's3',
                DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
                OriginAccessControlId: { 'Fn::GetAtt': ['Control', 'Id'] },
                S3OriginConfig: { OriginAccessIdentity: '' },
              },
            ],
          },
        },
      },
    },
    Outputs: { Domain: { Value: { 'Fn::GetAtt': ['Distribution', 'DomainName'] } } },
  });

  it('serve a page from a stack, change in place and are deleted with it', async () => {
    const stacks = deployer(cloud);
    const made = await stacks.create('page', template('first'));
    expect([made.StackStatus, made.StackStatusReason]).toEqual(['CREATE_COMPLETE', undefined]);
    const domain = made.Outputs?.[0]?.OutputValue ?? '';
    expect(domain).toMatch(/^d[0-9a-f]{13}\.cloudfront\.net$/);
    await s3.send(
      new PutObjectCommand({
        Bucket: 'stacked-page',
        Key: 'index.html',
        Body: 'stacked',
        ContentType: 'text/html',
      }),
    );
    const view = viewer(cloud, domain);
    const first = await view('/jobs/abc');
    expect([first.status, first.text, first.headers['x-comment'], first.headers['x-frame-options']]).toEqual([
      200,
      'stacked',
      'first',
      'DENY',
    ]);
    const updated = await stacks.update('page', template('second'));
    expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
    expect(updated.Outputs?.[0]?.OutputValue).toBe(domain);
    expect((await view('/')).headers['x-comment']).toBe('second');
    const { Resources } = template('second');
    const withoutBucket = { ...Resources, Bucket: { ...Resources.Bucket, DeletionPolicy: 'Retain' } };
    await stacks.update('page', { ...template('second'), Resources: withoutBucket });
    await stacks.remove('page');
    expect((await view('/')).status).toBe(403);
  });

  it('fail by name on what is not done here', async () => {
    const { Resources, Outputs } = template('refused');
    const stacks = deployer(cloud);
    const { Distribution } = Resources;
    const { DistributionConfig } = Distribution.Properties;
    const created = stacks.create('refused', {
      Outputs,
      Resources: {
        Distribution: {
          ...Distribution,
          Properties: {
            DistributionConfig: {
              Enabled: true,
              DefaultCacheBehavior: {
                TargetOriginId: 's3',
                ViewerProtocolPolicy: 'allow-all',
                CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
                LambdaFunctionAssociations: [
                  {
                    EventType: 'origin-request',
                    LambdaFunctionARN: 'arn:aws:lambda:us-east-1:1:function:f:1',
                  },
                ],
              },
              Origins: [
                {
                  ...DistributionConfig.Origins[0],
                  DomainName: 'a.s3.amazonaws.com',
                  OriginAccessControlId: '',
                },
              ],
            },
          },
        },
      },
    });
    await expect(created).rejects.toThrow('Lambda@Edge');
  });
});
