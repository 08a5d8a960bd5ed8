/** CloudFront Functions as kept: a development stage, and a live one once it is published. */
import type { FunctionConfig, FunctionSummary } from '@aws-sdk/client-cloudfront';
import { AwsError, unsupported } from '../../../service.ts';
import {
  behaviours,
  type CloudFrontContext,
  type FunctionCodeRecord,
  type FunctionRecord,
} from '../context.ts';
import { invalidArgument, noSuchFunction } from '../errors.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const largestCode = 10 * 1024;

export const functionArn = (context: CloudFrontContext, name: string | undefined) =>
  context.arn('function', name || '*');

export function findFunction(context: CloudFrontContext, name: string | undefined): FunctionRecord {
  const record = name ? context.functions.get(name) : undefined;
  if (!record) throw noSuchFunction(name ?? '');
  return record;
}

/** @param stage as the API takes it; the development stage when absent */
export function findStage(record: FunctionRecord, stage: string | undefined): FunctionCodeRecord {
  if (stage === undefined || stage === 'DEVELOPMENT') return record.development;
  if (!record.live) throw noSuchFunction(`${record.name} in the stage LIVE`);
  return record.live;
}

export function checkCode(
  config: FunctionConfig | undefined,
  code: Uint8Array | undefined,
): { readonly config: FunctionConfig; readonly code: Uint8Array } {
  if (!config?.Runtime) throw invalidArgument('FunctionConfig needs a Runtime.');
  if (config.Runtime !== 'cloudfront-js-1.0' && config.Runtime !== 'cloudfront-js-2.0')
    throw invalidArgument(
      `The Runtime must be cloudfront-js-1.0 or cloudfront-js-2.0, got ${String(config.Runtime)}.`,
    );
  if ((config.KeyValueStoreAssociations?.Quantity ?? 0) > 0)
    throw unsupported('key value stores (KeyValueStoreAssociations) of CloudFront Functions');
  if (!code || code.length === 0) throw invalidArgument('FunctionCode is empty.');
  if (code.length > largestCode)
    throw new AwsError(
      'FunctionSizeLimitExceeded',
      `The function code has ${code.length} bytes; the limit is ${largestCode}.`,
      413,
    );
  // Copied: the bytes may be a view into the request's buffer.
  return { config: { ...config, Comment: config.Comment ?? '' }, code: Uint8Array.from(code) };
}

export function associated(context: CloudFrontContext, name: string): string | undefined {
  const arn = functionArn(context, name);
  for (const { id, config } of context.distributions.values())
    if (behaviours(config).some((b) => b.FunctionAssociations?.Items?.some((f) => f.FunctionARN === arn)))
      return id;
  return undefined;
}

export function summarizeFunction(
  context: CloudFrontContext,
  { name, live }: FunctionRecord,
  stage: 'DEVELOPMENT' | 'LIVE',
  code: FunctionCodeRecord,
): FunctionSummary {
  return {
    Name: name,
    Status: live === undefined ? 'UNPUBLISHED' : associated(context, name) ? 'DEPLOYED' : 'UNASSOCIATED',
    FunctionConfig: code.config,
    FunctionMetadata: {
      FunctionARN: functionArn(context, name),
      Stage: stage,
      CreatedTime: new Date(code.createdAt),
      LastModifiedTime: new Date(code.modifiedAt),
    },
  };
}
