import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { applyPatches } from '../patch.ts';
import { shownUsagePlan } from '../shown.ts';
import { usagePlanPatches } from '../usage-plan-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsagePlan.html */
export const updateUsagePlan = (context: GatewayContext) =>
  operation('apigateway', 'UpdateUsagePlan', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/usageplans/${input.usagePlanId}`),
    handle(input) {
      const found = context.records.usagePlans.get(input.usagePlanId ?? '');
      if (!found) throw notFound('Usage Plan');
      const plan = applyPatches('usage plans', found, input.patchOperations, usagePlanPatches(context));
      context.records.usagePlans.put(plan.id, plan);
      context.changed();
      return shownUsagePlan(plan);
    },
  });
