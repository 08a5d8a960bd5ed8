import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { targetByArn } from '../store.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html */
export const tagResource = (context: ScalingContext) =>
  operation('application-autoscaling', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({
      action: 'application-autoscaling:TagResource',
      resource: ResourceARN,
    }),
    handle({ ResourceARN, Tags }) {
      const record = targetByArn(context, ResourceARN);
      context.targets.put(record.resourceId, { ...record, tags: { ...record.tags, ...Tags } });
      return {};
    },
  });
