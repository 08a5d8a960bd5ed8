/** Tags of scalable targets. https://docs.aws.amazon.com/autoscaling/application/userguide/resource-tagging.html */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
  TagResourceCommandInput,
  TagResourceResponse,
  UntagResourceCommandInput,
  UntagResourceResponse,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError, operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import type { ScalingStore } from '../store.ts';

function byArn(context: ScalingStore, arn: string | undefined) {
  for (const record of context.targets.values()) if (record.arn === arn) return record;
  throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist.`);
}

export const tagResource = (context: ScalingContext) =>
  operation<TagResourceCommandInput, TagResourceResponse>({
    name: 'TagResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:TagResource',
      resource: ResourceARN,
    }),
    handle({ ResourceARN, Tags }) {
      const record = byArn(context, ResourceARN);
      context.targets.put(record.resourceId, { ...record, tags: { ...record.tags, ...Tags } });
      return {};
    },
  });

export const untagResource = (context: ScalingContext) =>
  operation<UntagResourceCommandInput, UntagResourceResponse>({
    name: 'UntagResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:UntagResource',
      resource: ResourceARN,
    }),
    handle({ ResourceARN, TagKeys = [] }) {
      const record = byArn(context, ResourceARN);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      context.targets.put(record.resourceId, { ...record, tags });
      return {};
    },
  });

export const listTagsForResource = (context: ScalingContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:ListTagsForResource',
      resource: ResourceARN,
    }),
    handle: ({ ResourceARN }) => ({ Tags: { ...byArn(context, ResourceARN).tags } }),
  });
