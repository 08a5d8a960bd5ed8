/** Runs the behaviour's CloudFront Functions on the viewer's request and on the response. */
import type { CloudFrontContext, DistributionRecord } from '../context.ts';
import { distributionArn } from '../distributions.ts';
import {
  type FunctionRequest,
  type FunctionResponse,
  fromFunctionRequest,
  fromFunctionResponse,
  toFunctionRequest,
  toFunctionResponse,
} from '../functions/event.ts';
import { runFunction } from '../functions/run.ts';
import type { Behaviour } from './behaviour.ts';
import { errorPage } from './error-page.ts';
import type { Answer } from './respond.ts';
import type { Headers, ViewerRequest } from './viewer-request.ts';

/** What a function may not set: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html */
const readOnlyRequest = ['connection', 'content-length', 'host', 'transfer-encoding', 'via'];
const readOnlyResponse = ['connection', 'content-length', 'transfer-encoding', 'via', 'warning'];

function run(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  eventType: 'viewer-request' | 'viewer-response',
  viewer: ViewerRequest,
  response?: FunctionResponse,
): { readonly value: object } | { readonly failure: Answer } | undefined {
  const arn = behaviour.config.FunctionAssociations?.Items?.find(
    (f) => f.EventType === eventType,
  )?.FunctionARN;
  if (arn === undefined) return undefined;
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const live = context.functions.get(name)?.live;
  const fail = (message: string) => {
    context.env.host.notify({
      name: 'distribution.function.failed',
      data: { function: name, eventType, reason: message },
    });
    return {
      failure: {
        ...errorPage(
          503,
          `The CloudFront function ${name} associated with this distribution failed: ${message}`,
          viewer.id,
        ),
        outcome: 'FunctionExecutionError' as const,
      },
    };
  };
  if (!live) return fail('it is not published');
  context.env.meter({
    service: 'cloudfront',
    usage: 'function-invocations',
    quantity: 1,
    resource: distributionArn(context, distribution.id),
  });
  const result = runFunction(Buffer.from(live.code).toString(), {
    version: '1.0',
    context: {
      distributionDomainName: distribution.domainName,
      distributionId: distribution.id,
      eventType,
      requestId: viewer.id,
    },
    viewer: { ip: viewer.sourceIp },
    request: toFunctionRequest(viewer.method, viewer.uri, viewer.query, viewer.headers),
    ...(response ? { response } : {}),
  });
  for (const line of result.logs)
    context.env.host.notify({
      name: 'distribution.function.log',
      data: { function: name, requestId: viewer.id, line },
    });
  if (result.error !== undefined) return fail(result.error);
  return typeof result.value === 'object' && result.value !== null
    ? { value: result.value }
    : fail('it answered nothing');
}

const keep = (headers: Headers, original: Headers, names: readonly string[]): Headers => {
  const out = { ...headers };
  for (const name of names) {
    delete out[name];
    const value = original[name];
    if (value !== undefined) out[name] = value;
  }
  return out;
};

export function runViewerRequest(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  viewer: ViewerRequest,
): { readonly request: ViewerRequest } | { readonly answer: Answer } {
  const result = run(context, distribution, behaviour, 'viewer-request', viewer);
  if (!result) return { request: viewer };
  if ('failure' in result) return { answer: result.failure };
  // Written by the function: whatever of it is missing or odd is seen below.
  const value = result.value as Partial<FunctionRequest> & Partial<FunctionResponse>;
  if (typeof value.statusCode === 'number') {
    const {
      status,
      headers,
      body = Buffer.alloc(0),
    } = fromFunctionResponse({ ...value, statusCode: value.statusCode });
    return {
      answer: {
        status,
        headers: { server: 'CloudFront', ...headers, 'content-length': String(body.length) },
        body,
        outcome: 'FunctionGeneratedResponse',
      },
    };
  }
  if (typeof value.uri !== 'string' || !value.uri.startsWith('/'))
    return {
      answer: {
        ...errorPage(
          503,
          `The function's request has the uri ${JSON.stringify(value.uri)}; it must begin with a slash.`,
          viewer.id,
        ),
        outcome: 'FunctionExecutionError',
      },
    };
  const changed = fromFunctionRequest(value);
  return {
    request: { ...viewer, ...changed, headers: keep(changed.headers, viewer.headers, readOnlyRequest) },
  };
}

export function runViewerResponse(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  viewer: ViewerRequest,
  answer: Answer,
): Answer {
  const result = run(
    context,
    distribution,
    behaviour,
    'viewer-response',
    viewer,
    toFunctionResponse(answer.status, answer.headers),
  );
  if (!result) return answer;
  const discard = () => {
    if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
  };
  if ('failure' in result) {
    discard();
    return result.failure;
  }
  const value = result.value as Partial<FunctionResponse>;
  const changed = fromFunctionResponse({ ...value, statusCode: value.statusCode ?? answer.status });
  const headers = keep(changed.headers, answer.headers, readOnlyResponse);
  if (!changed.body) return { ...answer, status: changed.status, headers };
  discard();
  return {
    ...answer,
    status: changed.status,
    headers: { ...headers, 'content-length': String(changed.body.length) },
    body: changed.body,
  };
}
