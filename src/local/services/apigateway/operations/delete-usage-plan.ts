import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { badRequest, notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteUsagePlan.html */
export const deleteUsagePlan = (context: GatewayContext) =>
  operation('apigateway', 'DeleteUsagePlan', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/usageplans/${input.usagePlanId}`),
    handle(input) {
      const { records } = context;
      const plan = records.usagePlans.get(input.usagePlanId ?? '');
      if (!plan) throw notFound('Usage Plan');
      if (plan.stages.length > 0)
        throw badRequest('Cannot delete usage plan with associated stages. Remove them from the plan first.');
      records.usagePlans.delete(plan.id);
      records.usagePlanKeys.clear(plan.id);
      records.usage.clear(plan.id);
      context.changed();
      return {};
    },
  });
