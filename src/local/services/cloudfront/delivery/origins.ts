/** Asks the origin a behaviour points to; an origin group's second one when the first fails. */
import type { DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import { AwsError, type Invoke } from '../../../service.ts';
import type { CloudFrontContext, DistributionRecord } from '../context.ts';
import { distributionArn } from '../distributions.ts';
import type { Behaviour } from './behaviour.ts';
import { type OriginAnswer, OriginFailure, type OriginRequest } from './origin-answer.ts';
import { selectForOrigin } from './origin-headers.ts';
import { askS3, bucketOf } from './s3-origin.ts';
import { type Headers, header, type ViewerRequest } from './viewer-request.ts';

interface Candidate {
  readonly origin: Origin;
  /** Codes on which the next origin is asked. */
  readonly failover: ReadonlySet<number>;
}

function candidates(config: DistributionConfig, target: string | undefined, method: string): Candidate[] {
  const origins = config.Origins?.Items ?? [];
  const only = origins.find((o) => o.Id === target);
  if (only) return [{ origin: only, failover: new Set() }];
  const group = config.OriginGroups?.Items?.find((g) => g.Id === target);
  const failover = new Set(group?.FailoverCriteria?.StatusCodes?.Items ?? []);
  const members = (group?.Members?.Items ?? []).flatMap(({ OriginId }) =>
    origins.filter((o) => o.Id === OriginId),
  );
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
  const reads = ['GET', 'HEAD', 'OPTIONS'].includes(method);
  return (reads ? members : members.slice(0, 1)).map((origin) => ({ origin, failover }));
}

interface AskOptions {
  /** Ask for the whole object: the answer may be cached. */
  readonly whole: boolean;
  /** Validators of what the cache holds. */
  readonly validators?: Headers;
}

/** @throws OriginFailure when no origin answered */
export async function askOrigin(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  request: ViewerRequest,
  options: AskOptions,
): Promise<OriginAnswer> {
  const list = candidates(distribution.config, behaviour.config.TargetOriginId, request.method);
  for (const [index, { origin, failover }] of list.entries()) {
    const last = index === list.length - 1;
    try {
      const answer = await askOne(context, distribution, behaviour, origin, request, options);
      if (last || !failover.has(answer.status)) return answer;
      if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
    } catch (error) {
      if (last || !(error instanceof OriginFailure) || !failover.has(error.status)) throw error;
    }
  }
  throw new OriginFailure(
    502,
    `The behaviour's origin ${behaviour.config.TargetOriginId ?? ''} does not exist.`,
  );
}

/** These managed policies keep S3's response overrides from the origin; see using-managed-origin-request-policies. */
const withoutOverrides = new Set([
  '216adef6-5c7f-47e4-b989-5492eafa07d3',
  '33f36d7e-f396-46d9-90e0-52428a34d9dc',
  'b689b0a8-53d0-40ab-baf2-68738e2966ac',
  '775133bc-15f2-49f9-abea-afb2e0bf67d2',
]);
const overrides = /^response-content-(type|disposition|encoding)=/;

async function askOne(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  origin: Origin,
  request: ViewerRequest,
  options: AskOptions,
): Promise<OriginAnswer> {
  const { env } = context;
  const selected = selectForOrigin(behaviour, origin, request, options.whole);
  const asked: OriginRequest = {
    method: request.method,
    path: `${origin.OriginPath ?? ''}${request.uri}`,
    query: selected.query,
    headers: { ...selected.headers, ...options.validators },
    ...(selected.host === undefined ? {} : { host: selected.host }),
    body: request.body,
    sourceIp: request.sourceIp,
  };
  if (request.body.length > 0)
    env.meter({
      service: 'cloudfront',
      usage: 'data-transfer-to-origin-bytes',
      quantity: request.body.length,
      resource: distributionArn(context, distribution.id),
    });
  const domain = origin.DomainName ?? '';
  const bucket = origin.S3OriginConfig ? bucketOf(domain) : undefined;
  const timeout =
    origin.CustomOriginConfig?.OriginReadTimeout ?? origin.S3OriginConfig?.OriginReadTimeout ?? 30;
  if (bucket !== undefined) {
    const query = withoutOverrides.has(behaviour.config.OriginRequestPolicyId ?? '')
      ? asked.query
          .split('&')
          .filter((part) => !overrides.test(part))
          .join('&')
      : asked.query;
    return within(
      context,
      timeout,
      domain,
      askS3(signer(context, distribution, origin), bucket, { ...asked, query }),
    );
  }
  return within(context, timeout, domain, askHttp(context, domain, asked));
}

function signer(context: CloudFrontContext, distribution: DistributionRecord, origin: Origin): Invoke {
  const control = context.originAccessControls.get(origin.OriginAccessControlId || '-');
  return control?.config.SigningBehavior === 'always'
    ? context.env.asService('cloudfront.amazonaws.com', distributionArn(context, distribution.id))
    : context.env.as({ kind: 'anonymous', arn: '*', accountId: 'anonymous' });
}

async function askHttp(
  context: CloudFrontContext,
  domain: string,
  asked: OriginRequest,
): Promise<OriginAnswer> {
  // AWS's endpoints answer to their own names alone, which is why AllViewerExceptHostHeader exists.
  if (asked.host !== undefined && asked.host !== domain && /\.(amazonaws\.com|on\.aws)$/.test(domain)) {
    const body = Buffer.from('{"message":"Forbidden"}');
    return {
      status: 403,
      headers: {
        'content-type': 'application/json',
        'content-length': String(body.length),
        'x-amzn-errortype': 'ForbiddenException',
        'x-slipway-reason': `the origin request policy forwards Host: ${asked.host}, and ${domain} does not answer to it`,
      },
      body,
    };
  }
  try {
    const answer = await context.env.fetch({
      method: asked.method,
      host: domain,
      url: asked.query === '' ? asked.path : `${asked.path}?${asked.query}`,
      headers: {
        ...asked.headers,
        host: domain,
        ...(asked.body.length > 0 ? { 'content-length': String(asked.body.length) } : {}),
      },
      body: asked.body,
      sourceIp: asked.sourceIp,
    });
    const headers = Object.entries(answer.headers).map(
      ([name, value]) => [name.toLowerCase(), value] as const,
    );
    return { status: answer.status, headers: Object.fromEntries(headers), body: answer.body };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new OriginFailure(
      502,
      `Slipway cannot reach the origin ${domain}: a local distribution serves from S3 buckets and from endpoints of this local cloud, not from other hosts. (${error.message})`,
    );
  }
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html */
function within(
  { env }: CloudFrontContext,
  seconds: number,
  domain: string,
  answer: Promise<OriginAnswer>,
): Promise<OriginAnswer> {
  return new Promise((resolve, reject) => {
    const timer = env.clock.after(seconds * 1000, () =>
      reject(new OriginFailure(504, `The origin ${domain} did not answer within ${seconds} seconds.`)),
    );
    answer.then(resolve, reject).finally(() => timer.cancel());
  });
}

export const ageOf = (headers: Headers): number => Math.max(0, Number(header(headers, 'age')) || 0);
