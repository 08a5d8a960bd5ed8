import type { FunctionSummary } from '@aws-sdk/client-cloudfront';
import { type Invoke, resourceType, unsupported } from '../../../service.ts';
import { ignoreGone } from './gone.ts';
import { type CfnTag, retag } from './retag.ts';

interface FunctionProperties {
  readonly Name: string;
  readonly AutoPublish?: boolean;
  readonly FunctionCode: string;
  readonly FunctionConfig: Readonly<Record<string, unknown>>;
  readonly FunctionMetadata?: Readonly<Record<string, unknown>>;
  readonly Tags?: readonly CfnTag[];
}

interface Answer {
  readonly FunctionSummary: FunctionSummary;
  readonly ETag: string;
}

function input({ FunctionCode, FunctionConfig }: FunctionProperties) {
  const stores = FunctionConfig.KeyValueStoreAssociations;
  if (Array.isArray(stores) && stores.length > 0)
    throw unsupported('key value stores (KeyValueStoreAssociations) of AWS::CloudFront::Function');
  return {
    FunctionCode: Buffer.from(FunctionCode),
    FunctionConfig: { Comment: FunctionConfig.Comment, Runtime: FunctionConfig.Runtime },
  };
}

async function published(invoke: Invoke, p: FunctionProperties, made: Answer) {
  const { FunctionSummary: summary } =
    p.AutoPublish === true
      ? await invoke<Answer>('cloudfront', 'PublishFunction', { Name: p.Name, IfMatch: made.ETag })
      : made;
  const arn = summary.FunctionMetadata?.FunctionARN ?? '';
  return {
    physicalId: arn,
    attributes: {
      FunctionARN: arn,
      'FunctionMetadata.FunctionARN': arn,
      Stage: summary.FunctionMetadata?.Stage ?? 'DEVELOPMENT',
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html */
export const cloudFrontFunction = resourceType<FunctionProperties>({
  type: 'AWS::CloudFront::Function',
  mode: 'live',
  honoured: ['Name', 'AutoPublish', 'FunctionCode', 'FunctionConfig', 'Tags'],
  kept: { FunctionMetadata: 'its only member, FunctionARN, is an answer of AWS and not an input' },
  async create({ properties: p, invoke, stackTags }) {
    const tags = {
      ...stackTags,
      ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    };
    const items = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const made = await invoke<Answer>('cloudfront', 'CreateFunction', {
      Name: p.Name,
      ...input(p),
      ...(items.length > 0 ? { Tags: { Items: items } } : {}),
    });
    return published(invoke, p, made);
  },
  async update({ properties: p, previous, physicalId, invoke }) {
    const { ETag } = await invoke<Answer>('cloudfront', 'DescribeFunction', { Name: p.Name });
    const made = await invoke<Answer>('cloudfront', 'UpdateFunction', {
      Name: p.Name,
      IfMatch: ETag,
      ...input(p),
    });
    await retag(invoke, physicalId, p.Tags, previous.Tags);
    return published(invoke, p, made);
  },
  delete: ({ physicalId, invoke }) =>
    ignoreGone('NoSuchFunctionExists', async () => {
      const Name = physicalId.slice(physicalId.lastIndexOf('/') + 1);
      const { ETag } = await invoke<Answer>('cloudfront', 'DescribeFunction', { Name });
      await invoke('cloudfront', 'DeleteFunction', { Name, IfMatch: ETag });
    }),
});
