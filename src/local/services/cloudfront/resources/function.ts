import type { FunctionConfig, FunctionSummary } from '@aws-sdk/client-cloudfront';
import { required } from '../../../invoke.ts';
import { type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType, unsupported } from '../../../service.ts';
import { retag } from './retag.ts';

interface FunctionProperties {
  readonly Name: string;
  readonly AutoPublish?: boolean;
  readonly FunctionCode: string;
  readonly FunctionConfig: Omit<FunctionConfig, 'KeyValueStoreAssociations'> & {
    readonly KeyValueStoreAssociations?: readonly object[];
  };
  readonly FunctionMetadata?: Readonly<Record<string, unknown>>;
  readonly Tags?: readonly Tag[];
}

interface Answer {
  readonly FunctionSummary?: FunctionSummary;
  readonly ETag?: string;
}

function input({ FunctionCode, FunctionConfig }: FunctionProperties) {
  if (FunctionConfig.KeyValueStoreAssociations?.length)
    throw unsupported('key value stores (KeyValueStoreAssociations) of AWS::CloudFront::Function');
  return {
    FunctionCode: Buffer.from(FunctionCode),
    FunctionConfig: { Comment: FunctionConfig.Comment, Runtime: FunctionConfig.Runtime },
  };
}

async function published(invoke: Invoke, p: FunctionProperties, made: Answer) {
  const { FunctionSummary: summary } =
    p.AutoPublish === true
      ? await invoke('cloudfront', 'PublishFunction', { Name: p.Name, IfMatch: made.ETag })
      : made;
  return state(summary);
}

function state(summary: FunctionSummary | undefined) {
  const arn = required(summary?.FunctionMetadata?.FunctionARN, 'FunctionMetadata.FunctionARN');
  return {
    physicalId: arn,
    attributes: {
      FunctionARN: arn,
      'FunctionMetadata.FunctionARN': arn,
      Stage: summary?.FunctionMetadata?.Stage ?? 'DEVELOPMENT',
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html */
export const cloudFrontFunction = resourceType<FunctionProperties>({
  type: 'AWS::CloudFront::Function',
  mode: 'live',
  honoured: ['Name', 'AutoPublish', 'FunctionCode', 'FunctionConfig', 'Tags'],
  kept: { FunctionMetadata: 'its only member, FunctionARN, is an answer of AWS and not an input' },
  named: ['Name'],
  async find({ properties: { Name }, invoke }) {
    const found = invoke('cloudfront', 'DescribeFunction', { Name });
    const made = await ignoring(found, 'NoSuchFunctionExists');
    return made && state(made.FunctionSummary);
  },
  async create({ properties: p, invoke, tags }) {
    const items = tagList(tags);
    const made = await invoke('cloudfront', 'CreateFunction', {
      Name: p.Name,
      ...input(p),
      ...(items.length > 0 ? { Tags: { Items: items } } : {}),
    });
    return published(invoke, p, made);
  },
  async update({ properties: p, physicalId, invoke, tags, previousTags }) {
    const { ETag } = await invoke('cloudfront', 'DescribeFunction', { Name: p.Name });
    const made = await invoke('cloudfront', 'UpdateFunction', {
      Name: p.Name,
      IfMatch: ETag,
      ...input(p),
    });
    await retag(invoke, physicalId, tags, previousTags);
    return published(invoke, p, made);
  },
  gone: ['NoSuchFunctionExists'],
  async delete({ physicalId, invoke }) {
    const Name = physicalId.slice(physicalId.lastIndexOf('/') + 1);
    const { ETag } = await invoke('cloudfront', 'DescribeFunction', { Name });
    await invoke('cloudfront', 'DeleteFunction', { Name, IfMatch: ETag });
  },
});
