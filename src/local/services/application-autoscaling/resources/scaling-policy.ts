import type {
  PolicyType,
  ScalableDimension,
  ServiceNamespace,
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { required } from '../../../invoke.ts';
import { type Invoke, resourceType } from '../../../service.ts';
import { checkNamespace, dimension } from '../store.ts';

interface ScalingPolicyProperties {
  readonly PolicyName: string;
  readonly PolicyType: PolicyType;
  /** `resource|dimension|namespace`, what Ref of a scalable target answers. */
  readonly ScalingTargetId?: string;
  readonly ResourceId?: string;
  readonly ScalableDimension?: ScalableDimension;
  readonly ServiceNamespace?: ServiceNamespace;
  readonly StepScalingPolicyConfiguration?: StepScalingPolicyConfiguration;
  readonly TargetTrackingScalingPolicyConfiguration?: TargetTrackingScalingPolicyConfiguration;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html */
export const scalingPolicy = resourceType<ScalingPolicyProperties>({
  type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
  mode: 'live',
  honoured: [
    'PolicyName',
    'PolicyType',
    'ResourceId',
    'ScalableDimension',
    'ScalingTargetId',
    'ServiceNamespace',
    'StepScalingPolicyConfiguration',
    'TargetTrackingScalingPolicyConfiguration',
  ],
  named: ['PolicyName', 'ScalingTargetId', 'ResourceId', 'ScalableDimension'],
  adopts: true,
  async find({ properties: p, invoke }) {
    const { ResourceId, ServiceNamespace, ScalableDimension } = target(p);
    const { ScalingPolicies } = await invoke('application-autoscaling', 'DescribeScalingPolicies', {
      ResourceId,
      ServiceNamespace,
      ScalableDimension,
      PolicyNames: [p.PolicyName],
    });
    const [found] = ScalingPolicies ?? [];
    return found && state(found.PolicyARN);
  },
  create: ({ properties, invoke }) => put(properties, invoke),
  update: ({ properties, invoke }) => put(properties, invoke),
  gone: ['ObjectNotFoundException'],
  async delete({ properties: p, invoke }) {
    await invoke('application-autoscaling', 'DeleteScalingPolicy', {
      ...target(p),
      PolicyName: p.PolicyName,
    });
  },
});

async function put(p: ScalingPolicyProperties, invoke: Invoke) {
  const { PolicyARN } = await invoke('application-autoscaling', 'PutScalingPolicy', {
    ...target(p),
    PolicyName: p.PolicyName,
    PolicyType: p.PolicyType,
    StepScalingPolicyConfiguration: p.StepScalingPolicyConfiguration,
    TargetTrackingScalingPolicyConfiguration: p.TargetTrackingScalingPolicyConfiguration,
  });
  return state(PolicyARN);
}

function state(PolicyARN: string | undefined) {
  const arn = required(PolicyARN, 'PolicyARN');
  return { physicalId: arn, attributes: { Arn: arn } };
}

/** Only the desired count of ECS services is scaled here; other targets are refused by name. */
function target(p: ScalingPolicyProperties) {
  const [resource, ofTarget, namespace] = p.ScalingTargetId?.split('|') ?? [];
  checkNamespace({
    ServiceNamespace: p.ServiceNamespace ?? namespace,
    ScalableDimension: p.ScalableDimension ?? ofTarget,
  });
  return {
    ResourceId: p.ResourceId ?? resource,
    ServiceNamespace: 'ecs',
    ScalableDimension: dimension,
  } as const;
}
