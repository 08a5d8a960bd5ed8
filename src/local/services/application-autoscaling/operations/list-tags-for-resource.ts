import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { targetByArn } from '../store.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: ScalingContext) =>
  operation('application-autoscaling', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:ListTagsForResource',
      resource: ResourceARN,
    }),
    handle: ({ ResourceARN }) => ({ Tags: { ...targetByArn(context, ResourceARN).tags } }),
  });
