import type {
  ScalableDimension,
  ServiceNamespace,
  SuspendedState,
} from '@aws-sdk/client-application-auto-scaling';
import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';

interface ScalableTargetProperties {
  readonly ResourceId: string;
  readonly ScalableDimension: ScalableDimension;
  readonly ServiceNamespace: ServiceNamespace;
  readonly MinCapacity: number;
  readonly MaxCapacity: number;
  readonly RoleARN?: string;
  readonly SuspendedState?: SuspendedState;
  readonly Tags?: readonly Tag[];
}

const names = (p: ScalableTargetProperties) => ({
  ServiceNamespace: p.ServiceNamespace,
  ResourceId: p.ResourceId,
  ScalableDimension: p.ScalableDimension,
});

const register = (p: ScalableTargetProperties) => ({
  ...names(p),
  MinCapacity: p.MinCapacity,
  MaxCapacity: p.MaxCapacity,
  RoleARN: p.RoleARN,
  SuspendedState: {
    DynamicScalingInSuspended: p.SuspendedState?.DynamicScalingInSuspended ?? false,
    DynamicScalingOutSuspended: p.SuspendedState?.DynamicScalingOutSuspended ?? false,
    ScheduledScalingSuspended: p.SuspendedState?.ScheduledScalingSuspended ?? false,
  },
});

const state = (p: ScalableTargetProperties) => {
  const id = `${p.ResourceId}|${p.ScalableDimension}|${p.ServiceNamespace}`;
  return { physicalId: id, attributes: { Id: id } };
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html */
export const scalableTarget = resourceType<ScalableTargetProperties>({
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  mode: 'live',
  honoured: [
    'MaxCapacity',
    'MinCapacity',
    'ResourceId',
    'ScalableDimension',
    'ServiceNamespace',
    'SuspendedState',
    'Tags',
  ],
  kept: { RoleARN: 'AWS, too, scales ECS services with the service-linked role whatever is named here' },
  adopts: true,
  async find({ properties: p, invoke }) {
    const { ScalableTargets } = await invoke('application-autoscaling', 'DescribeScalableTargets', {
      ServiceNamespace: p.ServiceNamespace,
      ResourceIds: [p.ResourceId],
      ScalableDimension: p.ScalableDimension,
    });
    return ScalableTargets?.length ? state(p) : undefined;
  },
  async create({ properties: p, invoke, tags }) {
    await invoke('application-autoscaling', 'RegisterScalableTarget', {
      ...register(p),
      Tags: tags,
    });
    return state(p);
  },
  async update({ properties: p, physicalId, invoke, previousAttributes, tags, previousTags }) {
    const { ScalableTargetARN } = await invoke(
      'application-autoscaling',
      'RegisterScalableTarget',
      register(p),
    );
    const ResourceARN = required(ScalableTargetARN, 'ScalableTargetARN');
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('application-autoscaling', 'UntagResource', { ResourceARN, TagKeys }),
      set: (Tags) => invoke('application-autoscaling', 'TagResource', { ResourceARN, Tags }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ObjectNotFoundException'],
  async delete({ properties: p, invoke }) {
    await invoke('application-autoscaling', 'DeregisterScalableTarget', names(p));
  },
});
