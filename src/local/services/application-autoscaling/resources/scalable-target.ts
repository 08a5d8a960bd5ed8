import { AwsError, resourceType } from '../../../service.ts';

interface ScalableTargetProperties {
  readonly ResourceId: string;
  readonly ScalableDimension: string;
  readonly ServiceNamespace: string;
  readonly MinCapacity: number | string;
  readonly MaxCapacity: number | string;
  readonly RoleARN?: string;
  readonly SuspendedState?: Readonly<Record<string, boolean | string>>;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const names = (p: ScalableTargetProperties) => ({
  ServiceNamespace: p.ServiceNamespace,
  ResourceId: p.ResourceId,
  ScalableDimension: p.ScalableDimension,
});

const register = (p: ScalableTargetProperties) => ({
  ...names(p),
  MinCapacity: Number(p.MinCapacity),
  MaxCapacity: Number(p.MaxCapacity),
  RoleARN: p.RoleARN,
  SuspendedState: Object.fromEntries(
    ['DynamicScalingInSuspended', 'DynamicScalingOutSuspended', 'ScheduledScalingSuspended'].map((name) => [
      name,
      String(p.SuspendedState?.[name]) === 'true',
    ]),
  ),
});

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
  async create({ properties: p, invoke, stackTags }) {
    await invoke('application-autoscaling', 'RegisterScalableTarget', {
      ...register(p),
      Tags: { ...stackTags, ...Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value])) },
    });
    const id = `${p.ResourceId}|${p.ScalableDimension}|${p.ServiceNamespace}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, invoke, previousAttributes }) {
    const { ScalableTargetARN: ResourceARN } = await invoke<{ ScalableTargetARN: string }>(
      'application-autoscaling',
      'RegisterScalableTarget',
      register(p),
    );
    const TagKeys = (previous.Tags ?? [])
      .map(({ Key }) => Key)
      .filter((key) => !p.Tags?.some(({ Key }) => Key === key));
    if (TagKeys.length > 0)
      await invoke('application-autoscaling', 'UntagResource', { ResourceARN, TagKeys });
    const Tags = Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    await invoke('application-autoscaling', 'TagResource', { ResourceARN, Tags });
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: p, invoke }) {
    await invoke('application-autoscaling', 'DeregisterScalableTarget', names(p)).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'ObjectNotFoundException') throw error;
    });
  },
});
