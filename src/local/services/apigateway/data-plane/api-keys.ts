/**
 * API keys and usage plans: a method that asks for a key wants one that is enabled and in a plan with this stage;
 * the plan then limits its holder by rate and by quota.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
import type { QuotaSettings } from '@aws-sdk/client-api-gateway';
import type { Throttle } from '../../../api-gateway/throttle.ts';
import type { GatewayContext } from '../context.ts';
import type { UsagePlanRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';

interface Holder {
  readonly keyId: string;
  readonly plans: readonly UsagePlanRecord[];
}

export interface ApiKeys {
  /** @param value what was shown as a key */
  check(exchange: Exchange, value: string): void;
  /** Keys or plans changed. */
  changed(): void;
}

export function createApiKeys(
  { env, records }: Pick<GatewayContext, 'env' | 'records'>,
  throttle: Throttle,
): ApiKeys {
  let holders: Map<string, Holder> | undefined;

  const load = () => {
    const byValue = new Map<string, Holder>();
    const plans = [...records.usagePlans.values()];
    for (const key of records.apiKeys.values())
      if (key.enabled)
        byValue.set(key.value, {
          keyId: key.id,
          plans: plans.filter((plan) => records.usagePlanKeys.has([plan.id, key.id])),
        });
    return byValue;
  };

  return {
    changed() {
      holders = undefined;
    },
    check(exchange, value) {
      holders ??= load();
      const holder = holders.get(value);
      const plan = holder?.plans.find(({ stages }) =>
        stages.some(({ apiId, stage }) => apiId === exchange.apiId && stage === exchange.stage),
      );
      if (!holder || !plan) throw new GatewayFailure('INVALID_API_KEY', 'Forbidden');
      exchange.apiKey = { id: holder.keyId, value };
      const { rateLimit, burstLimit } = plan.throttle ?? {};
      if (rateLimit !== undefined || burstLimit !== undefined) {
        const rate = rateLimit ?? Number.POSITIVE_INFINITY;
        if (!throttle.take(`plan ${plan.id} ${holder.keyId}`, rate, burstLimit ?? rate))
          throw new GatewayFailure('THROTTLED', 'Too Many Requests');
      }
      const { quota } = plan;
      if (quota?.limit === undefined) return;
      const now = env.clock.now();
      const key = [plan.id, holder.keyId, periodStart(quota.period, now)];
      // A quota's offset is what is taken off the first period.
      const used = records.usage.get(key) ?? 0;
      if (used >= quota.limit) throw new GatewayFailure('QUOTA_EXCEEDED', 'Limit Exceeded');
      records.usage.put(key, used + 1);
    },
  };
}

/** Days, weeks from Monday and months, in UTC. */
function periodStart(period: QuotaSettings['period'], now: number): number {
  const date = new Date(now);
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  if (period === 'MONTH') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return period === 'WEEK' ? day - ((date.getUTCDay() + 6) % 7) * 86_400_000 : day;
}
