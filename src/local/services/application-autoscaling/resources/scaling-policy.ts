import { AwsError, type Invoke, resourceType } from '../../../service.ts';

interface ScalingPolicyProperties {
  readonly PolicyName: string;
  readonly PolicyType: string;
  /** `resource|dimension|namespace`, what Ref of a scalable target answers. */
  readonly ScalingTargetId?: string;
  readonly ResourceId?: string;
  readonly ScalableDimension?: string;
  readonly ServiceNamespace?: string;
  readonly StepScalingPolicyConfiguration?: object;
  readonly TargetTrackingScalingPolicyConfiguration?: object;
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
  create: ({ properties, invoke }) => put(properties, invoke),
  update: ({ properties, invoke }) => put(properties, invoke),
  async delete({ properties: p, invoke }) {
    await invoke('application-autoscaling', 'DeleteScalingPolicy', {
      ...target(p),
      PolicyName: p.PolicyName,
    }).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'ObjectNotFoundException') throw error;
    });
  },
});

async function put(p: ScalingPolicyProperties, invoke: Invoke) {
  const { PolicyARN } = await invoke<{ PolicyARN: string }>('application-autoscaling', 'PutScalingPolicy', {
    ...target(p),
    PolicyName: p.PolicyName,
    PolicyType: p.PolicyType,
    StepScalingPolicyConfiguration: withNumbers(p.StepScalingPolicyConfiguration),
    TargetTrackingScalingPolicyConfiguration: withNumbers(p.TargetTrackingScalingPolicyConfiguration),
  });
  return { physicalId: PolicyARN, attributes: { Arn: PolicyARN } };
}

function target(p: ScalingPolicyProperties) {
  const [ResourceId, ScalableDimension, ServiceNamespace] = p.ScalingTargetId?.split('|') ?? [];
  return {
    ResourceId: p.ResourceId ?? ResourceId,
    ScalableDimension: p.ScalableDimension ?? ScalableDimension,
    ServiceNamespace: p.ServiceNamespace ?? ServiceNamespace,
  };
}

const numbers = new Set([
  ...['MetricIntervalLowerBound', 'MetricIntervalUpperBound', 'ScalingAdjustment', 'Cooldown', 'TargetValue'],
  ...['MinAdjustmentMagnitude', 'ScaleInCooldown', 'ScaleOutCooldown'],
]);

/** Numbers of a template may be text, and flags too. */
function withNumbers(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withNumbers(one));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, withNumbers(of, name)]));
  if (typeof value === 'string' && numbers.has(key)) return Number(value);
  if (typeof value === 'string' && /^(DisableScaleIn|ReturnData)$/.test(key)) return value === 'true';
  return value;
}
