import type { QuotaPeriodType } from '@aws-sdk/client-api-gateway';
import { required } from '../../../invoke.ts';
import type { Tag } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';
import { type Patch, patch, patchEntries, retag } from './support.ts';

interface Throttle {
  readonly RateLimit?: number;
  readonly BurstLimit?: number;
}

interface UsagePlanProperties {
  readonly UsagePlanName?: string;
  readonly Description?: string;
  readonly ApiStages?: readonly {
    readonly ApiId?: string;
    readonly Stage?: string;
    readonly Throttle?: Readonly<Record<string, Throttle>>;
  }[];
  readonly Throttle?: Throttle;
  readonly Quota?: {
    readonly Limit?: number;
    readonly Offset?: number;
    readonly Period?: QuotaPeriodType;
  };
  readonly Tags?: readonly Tag[];
}

const throttle = (t: Throttle | undefined) => t && { rateLimit: t.RateLimit, burstLimit: t.BurstLimit };
const quota = ({ Quota: q }: UsagePlanProperties) =>
  q && { limit: q.Limit, offset: q.Offset, period: q.Period };
const stages = ({ ApiStages = [] }: UsagePlanProperties) =>
  ApiStages.map(({ ApiId, Stage }) => `${ApiId}:${Stage}`);

async function leaveStages(id: string, values: readonly string[], invoke: Invoke): Promise<void> {
  if (values.length === 0) return;
  await invoke('apigateway', 'UpdateUsagePlan', {
    usagePlanId: id,
    patchOperations: values.map((value): Patch => ({ op: 'remove', path: '/apiStages', value })),
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html */
export const usagePlan = resourceType<UsagePlanProperties>({
  type: 'AWS::ApiGateway::UsagePlan',
  mode: 'live',
  honoured: ['UsagePlanName', 'Description', 'ApiStages', 'Throttle', 'Quota', 'Tags'],
  async create({ properties: p, invoke, uniqueName, tags }) {
    const made = await invoke('apigateway', 'CreateUsagePlan', {
      name: p.UsagePlanName ?? uniqueName(128),
      description: p.Description,
      apiStages: (p.ApiStages ?? []).map((one) => ({
        apiId: one.ApiId,
        stage: one.Stage,
        // By method; refused by name.
        throttle:
          one.Throttle &&
          Object.fromEntries(
            Object.entries(one.Throttle).map(([method, limits]) => [method, throttle(limits) ?? {}]),
          ),
      })),
      throttle: throttle(p.Throttle),
      quota: quota(p),
      tags,
    });
    const id = required(made.id, 'id');
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke, tags, previousTags }) {
    await leaveStages(
      physicalId,
      stages(previous).filter((one) => !stages(p).includes(one)),
      invoke,
    );
    const patchOperations: Patch[] = [
      ...patch('/name', p.UsagePlanName, previous.UsagePlanName),
      ...patch('/description', p.Description ?? '', previous.Description ?? ''),
      ...(p.Throttle ? patchEntries('/throttle', throttle(p.Throttle), throttle(previous.Throttle)) : []),
      ...(!p.Throttle && previous.Throttle ? [{ op: 'remove' as const, path: '/throttle' }] : []),
      ...(p.Quota ? patchEntries('/quota', quota(p), quota(previous)) : []),
      ...(!p.Quota && previous.Quota ? [{ op: 'remove' as const, path: '/quota' }] : []),
      ...stages(p)
        .filter((one) => !stages(previous).includes(one))
        .map((value) => ({ op: 'add' as const, path: '/apiStages', value })),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateUsagePlan', { usagePlanId: physicalId, patchOperations });
    await retag(`/usageplans/${physicalId}`, tags, previousTags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ physicalId, properties, invoke }) {
    await ignoring(leaveStages(physicalId, stages(properties), invoke), 'NotFoundException');
    await invoke('apigateway', 'DeleteUsagePlan', { usagePlanId: physicalId });
  },
});
