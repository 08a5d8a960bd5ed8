import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { badRequest, conflict, notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlanKey.html */
export const createUsagePlanKey = (context: GatewayContext) =>
  operation('apigateway', 'CreateUsagePlanKey', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/usageplans/${input.usagePlanId}/keys`),
    handle(input) {
      const { records } = context;
      const plan = records.usagePlans.get(input.usagePlanId ?? '');
      const key = records.apiKeys.get(input.keyId ?? '');
      if (!plan) throw notFound('Usage Plan');
      if (!key) throw notFound('API Key');
      if (input.keyType !== 'API_KEY') throw badRequest(`Invalid key type ${input.keyType}: only API_KEY`);
      if (records.usagePlanKeys.has([plan.id, key.id]))
        throw conflict('Usage plan key already exists for this usage plan');
      records.usagePlanKeys.put([plan.id, key.id], true);
      context.changed();
      return { id: key.id, type: 'API_KEY', name: key.name, value: key.value };
    },
  });
