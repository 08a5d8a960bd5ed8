/** Targets, policies and activities as kept. Only the desired count of ECS services is scaled here. */

import type {
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { paging } from '../../paging.ts';
import { AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

export interface TargetRecord {
  /** `service/<cluster>/<service>` */
  readonly resourceId: string;
  readonly arn: string;
  readonly min: number;
  readonly max: number;
  readonly roleArn: string;
  readonly suspended: { readonly in: boolean; readonly out: boolean; readonly scheduled: boolean };
  /** ms since the epoch */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface PolicyRecord {
  readonly name: string;
  readonly resourceId: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly kind:
    | { readonly type: 'StepScaling'; readonly configuration: StepScalingPolicyConfiguration }
    | {
        readonly type: 'TargetTrackingScaling';
        readonly configuration: TargetTrackingScalingPolicyConfiguration;
        /** The two alarms made for it. */
        readonly alarms: readonly string[];
      };
}

export interface ActivityRecord {
  readonly id: string;
  readonly resourceId: string;
  readonly at: number;
  readonly description: string;
  readonly cause: string;
  readonly status: 'InProgress' | 'Successful' | 'Overridden' | 'Failed';
  readonly message: string;
  /** What the count was set to. */
  readonly capacity: number;
  readonly endedAt?: number;
}

/** The last activity in one direction: its cooldown runs from here. */
interface LastActivity {
  readonly at: number;
  readonly until: number;
  /** Capacity before it. */
  readonly base: number;
}

export interface ScalingStore {
  readonly env: ServiceEnvironment;
  readonly targets: Collection<TargetRecord>;
  /** By resource and name. */
  readonly policies: Collection<PolicyRecord>;
  /** By resource and time. */
  readonly activities: Collection<ActivityRecord>;
  /** By resource and direction. */
  readonly last: Collection<LastActivity>;
}

export const createScalingStore = (env: ServiceEnvironment): ScalingStore => ({
  env,
  targets: env.store.collection('application-autoscaling/targets'),
  policies: env.store.collection('application-autoscaling/policies'),
  activities: env.store.collection('application-autoscaling/activities'),
  last: env.store.collection('application-autoscaling/last'),
});

export const dimension = 'ecs:service:DesiredCount';

/** Every call names what is scaled; other kinds than an ECS service's count are refused by name. */
export function checkNamespace(input: {
  readonly ServiceNamespace?: string | undefined;
  readonly ScalableDimension?: string | undefined;
}): void {
  if (input.ServiceNamespace !== undefined && input.ServiceNamespace !== 'ecs')
    throw unsupported(`scaling of the service namespace ${input.ServiceNamespace}`);
  if (input.ScalableDimension !== undefined && input.ScalableDimension !== dimension)
    throw unsupported(`scaling of the dimension ${input.ScalableDimension}`);
}

export function parseResource(resourceId = ''): { readonly cluster: string; readonly service: string } {
  const [, cluster, service] = /^service\/([^/]+)\/([^/]+)$/.exec(resourceId) ?? [];
  if (!cluster || !service)
    throw new AwsError('ValidationException', `Unsupported service resource type: ${resourceId}`);
  return { cluster, service };
}

export function findTarget(context: ScalingStore, resourceId = ''): TargetRecord {
  const found = context.targets.get(resourceId);
  if (!found)
    throw new AwsError(
      'ObjectNotFoundException',
      `No scalable target registered for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ${dimension}`,
    );
  return found;
}

export const targetArn = ({ env }: ScalingStore, id: string) =>
  env.arn('application-autoscaling', `scalable-target/${id}`);

/** Permission on the target of a resource, or on any. */
export const onTarget =
  (context: ScalingStore, action: string) => (input: { readonly ResourceId?: string | undefined }) => ({
    action: `application-autoscaling:${action}`,
    resource: context.targets.get(input.ResourceId ?? '')?.arn ?? targetArn(context, '*'),
  });

export const page = paging({
  defaultLimit: 50,
  invalidToken: (token) => new AwsError('InvalidNextTokenException', `The token ${token} is not valid`),
});

export function targetByArn(context: ScalingStore, arn: string | undefined) {
  for (const record of context.targets.values()) if (record.arn === arn) return record;
  throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist.`);
}
