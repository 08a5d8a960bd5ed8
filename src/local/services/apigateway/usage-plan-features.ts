/** What of a usage plan may be set and changed. Throttling per method of a plan is refused by name. */
import type { ApiStage, QuotaSettings } from '@aws-sdk/client-api-gateway';
import { unsupported } from '../../service.ts';
import { findStage, type GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';
import type { Patch } from './patch.ts';
import type { UsagePlanRecord } from './records.ts';

export function* planProblems({ apiStages }: { readonly apiStages?: readonly ApiStage[] | undefined }) {
  for (const { throttle } of apiStages ?? [])
    if (throttle && Object.keys(throttle).length > 0)
      yield unsupported('throttling per method of a usage plan (apiStages.throttle)');
}

export function checkedPlanStages(
  context: GatewayContext,
  stages: readonly ApiStage[],
): UsagePlanRecord['stages'] {
  return stages.map(({ apiId, stage }) => {
    findStage(context, apiId, stage);
    return { apiId: apiId ?? '', stage: stage ?? '' };
  });
}

/** `api/stage` of every stage a key opens. */
export const stagesOfKey = ({ records }: GatewayContext, keyId: string): string[] =>
  [...records.usagePlans.values()]
    .filter((plan) => records.usagePlanKeys.has([plan.id, keyId]))
    .flatMap((plan) => plan.stages.map(({ apiId, stage }) => `${apiId}/${stage}`));

export const usagePlanPatches = (
  context: GatewayContext,
): Readonly<Record<string, Patch<UsagePlanRecord>>> => ({
  name: (record, { value }) => ({ ...record, name: value }),
  description: (record, { value }) => ({ ...record, description: value }),
  productCode: (record, { value }) => ({ ...record, productCode: value }),
  throttle: (record, { op, value, rest }) => {
    const [name] = rest;
    if (op === 'remove' && name === undefined) return { ...record, throttle: undefined };
    if (name !== 'rateLimit' && name !== 'burstLimit')
      throw unsupported(`the patch path /throttle/${name} of usage plans`);
    return { ...record, throttle: { ...record.throttle, [name]: Number(value) } };
  },
  quota: (record, { op, value, rest }) => {
    const [name] = rest;
    if (op === 'remove' && name === undefined) return { ...record, quota: undefined };
    if (name === 'period')
      return { ...record, quota: { ...record.quota, period: value as QuotaSettings['period'] } };
    if (name !== 'limit' && name !== 'offset')
      throw unsupported(`the patch path /quota/${name} of usage plans`);
    return { ...record, quota: { ...record.quota, [name]: Number(value) } };
  },
  apiStages: (record, { op, value, rest }) => {
    if (rest.length > 0) throw unsupported('throttling per method of a usage plan (apiStages)');
    const [apiId = '', stage = ''] = value.split(':');
    if (!apiId || !stage) throw badRequest(`Invalid API stage ${value}: expected {api-id}:{stage}`);
    const others = record.stages.filter((one) => one.apiId !== apiId || one.stage !== stage);
    if (op === 'remove') return { ...record, stages: others };
    return { ...record, stages: [...others, ...checkedPlanStages(context, [{ apiId, stage }])] };
  },
});
