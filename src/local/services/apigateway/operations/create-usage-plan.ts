import { operation } from '../../../service.ts';
import { access, type GatewayContext, newId } from '../context.ts';
import { shownUsagePlan } from '../shown.ts';
import { readTags } from '../tags.ts';
import { checkedPlanStages, planProblems } from '../usage-plan-features.ts';

/** Throttling per method of a plan is refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlan.html */
export const createUsagePlan = (context: GatewayContext) =>
  operation('apigateway', 'CreateUsagePlan', {
    accepts: 'all',
    access: () => access(context, 'POST', '/usageplans'),
    problems: planProblems,
    handle(input) {
      const { env, records } = context;
      const stages = checkedPlanStages(context, input.apiStages ?? []);
      const id = newId(env, 6);
      const plan = {
        id,
        name: input.name ?? '',
        description: input.description,
        stages,
        throttle: input.throttle,
        quota: input.quota,
        tags: readTags(input.tags),
      };
      records.usagePlans.put(id, plan);
      context.changed();
      return shownUsagePlan(plan);
    },
  });
