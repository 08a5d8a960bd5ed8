import type { UsagePlan } from '@aws-sdk/client-api-gateway';
import { type Invoke, resourceType } from '../../../service.ts';
import { gone, number, patch, patchEntries, retag, type Tag, tagMap } from './support.ts';

interface UsagePlanProperties {
  readonly UsagePlanName?: string;
  readonly Description?: string;
  readonly ApiStages?: readonly {
    readonly ApiId?: string;
    readonly Stage?: string;
    readonly Throttle?: object;
  }[];
  readonly Throttle?: { readonly RateLimit?: number | string; readonly BurstLimit?: number | string };
  readonly Quota?: {
    readonly Limit?: number | string;
    readonly Offset?: number | string;
    readonly Period?: string;
  };
  readonly Tags?: readonly Tag[];
}

const throttle = ({ Throttle: t }: UsagePlanProperties) =>
  t && { rateLimit: number(t.RateLimit), burstLimit: number(t.BurstLimit) };
const quota = ({ Quota: q }: UsagePlanProperties) =>
  q && { limit: number(q.Limit), offset: number(q.Offset), period: q.Period };
const stages = ({ ApiStages = [] }: UsagePlanProperties) =>
  ApiStages.map(({ ApiId, Stage }) => `${ApiId}:${Stage}`);

async function leaveStages(id: string, values: readonly string[], invoke: Invoke): Promise<void> {
  if (values.length === 0) return;
  await invoke('apigateway', 'UpdateUsagePlan', {
    usagePlanId: id,
    patchOperations: values.map((value) => ({ op: 'remove', path: '/apiStages', value })),
  });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-usageplan.html */
export const usagePlan = resourceType<UsagePlanProperties>({
  type: 'AWS::ApiGateway::UsagePlan',
  mode: 'live',
  honoured: ['UsagePlanName', 'Description', 'ApiStages', 'Throttle', 'Quota', 'Tags'],
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const { id = '' } = await invoke<UsagePlan>('apigateway', 'CreateUsagePlan', {
      name: p.UsagePlanName ?? uniqueName(128),
      description: p.Description,
      apiStages: (p.ApiStages ?? []).map((one) => ({
        apiId: one.ApiId,
        stage: one.Stage,
        ...(one.Throttle ? { throttle: one.Throttle } : {}),
      })),
      throttle: throttle(p),
      quota: quota(p),
      tags: { ...stackTags, ...tagMap(p.Tags) },
    });
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await leaveStages(
      physicalId,
      stages(previous).filter((one) => !stages(p).includes(one)),
      invoke,
    );
    const patchOperations = [
      ...patch('/name', p.UsagePlanName, previous.UsagePlanName),
      ...patch('/description', p.Description ?? '', previous.Description ?? ''),
      ...(p.Throttle ? patchEntries('/throttle', throttle(p), throttle(previous)) : []),
      ...(!p.Throttle && previous.Throttle ? [{ op: 'remove', path: '/throttle' }] : []),
      ...(p.Quota ? patchEntries('/quota', quota(p), quota(previous)) : []),
      ...(!p.Quota && previous.Quota ? [{ op: 'remove', path: '/quota' }] : []),
      ...stages(p)
        .filter((one) => !stages(previous).includes(one))
        .map((value) => ({ op: 'add', path: '/apiStages', value })),
    ];
    if (patchOperations.length > 0)
      await invoke('apigateway', 'UpdateUsagePlan', { usagePlanId: physicalId, patchOperations });
    await retag(`/usageplans/${physicalId}`, p.Tags, previous.Tags, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, properties, invoke }) {
    await gone(leaveStages(physicalId, stages(properties), invoke));
    await gone(invoke('apigateway', 'DeleteUsagePlan', { usagePlanId: physicalId }));
  },
});
