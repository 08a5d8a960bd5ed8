/** What the CloudFront tests share: distributions made through the SDK, and viewers that name their host. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import {
  type CloudFrontClient,
  CreateDistributionCommand,
  CreateFunctionCommand,
  type DefaultCacheBehavior,
  type DistributionConfig,
  type Origin,
  PublishFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import type { TestCloud } from './harness.ts';

export const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

export interface Viewed {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

interface ViewOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export function viewer(cloud: TestCloud, domain: string) {
  const host = domain.replace('.cloudfront.net', '.cloudfront.localhost');
  return (path: string, { method = 'GET', headers = {}, body }: ViewOptions = {}): Promise<Viewed> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        // No kept connection: a cloud that restarts has the same port and knows none of the old ones.
        { host: '127.0.0.1', port: cloud.port, path, method, headers: { ...headers, host }, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const all = Buffer.concat(chunks);
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: all,
              text: all.toString(),
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

export const behaviour = (
  TargetOriginId: string,
  more: Partial<DefaultCacheBehavior> = {},
): DefaultCacheBehavior => ({
  TargetOriginId,
  ViewerProtocolPolicy: 'redirect-to-https',
  CachePolicyId: cachingOptimized,
  ...more,
});

export const customOrigin = (Id: string, DomainName: string, more: Partial<Origin> = {}): Origin => ({
  Id,
  DomainName,
  CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
  ...more,
});

export const s3Origin = (Id: string, bucket: string, OriginAccessControlId?: string): Origin => ({
  Id,
  DomainName: `${bucket}.s3.us-east-1.amazonaws.com`,
  S3OriginConfig: { OriginAccessIdentity: '' },
  ...(OriginAccessControlId ? { OriginAccessControlId } : {}),
});

let count = 0;

export const config = (
  origins: readonly Origin[],
  defaultBehaviour: DefaultCacheBehavior,
  more: Partial<DistributionConfig> = {},
): DistributionConfig => ({
  CallerReference: `test-${count++}`,
  Comment: '',
  Enabled: true,
  Origins: { Quantity: origins.length, Items: [...origins] },
  DefaultCacheBehavior: defaultBehaviour,
  ...more,
});

export async function distribute(client: CloudFrontClient, given: DistributionConfig) {
  const made = await client.send(new CreateDistributionCommand({ DistributionConfig: given }));
  return {
    id: made.Distribution?.Id ?? '',
    arn: made.Distribution?.ARN ?? '',
    domain: made.Distribution?.DomainName ?? '',
    etag: made.ETag ?? '',
  };
}

/** Creates and publishes, and answers the ARN. */
export async function edgeFunction(client: CloudFrontClient, name: string, code: string): Promise<string> {
  const made = await client.send(
    new CreateFunctionCommand({
      Name: name,
      FunctionCode: Buffer.from(code),
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    }),
  );
  const live = await client.send(new PublishFunctionCommand({ Name: name, IfMatch: made.ETag }));
  return live.FunctionSummary?.FunctionMetadata?.FunctionARN ?? '';
}

export const onRequest = (FunctionARN: string) => ({
  FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request' as const, FunctionARN }] },
});
