import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { targetByArn } from '../store.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_UntagResource.html */
export const untagResource = (context: ScalingContext) =>
  operation('application-autoscaling', 'UntagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:UntagResource',
      resource: ResourceARN,
    }),
    handle({ ResourceARN, TagKeys = [] }) {
      const record = targetByArn(context, ResourceARN);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      context.targets.put(record.resourceId, { ...record, tags });
      return {};
    },
  });
