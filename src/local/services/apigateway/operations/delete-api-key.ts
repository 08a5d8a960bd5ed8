import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteApiKey.html */
export const deleteApiKey = (context: GatewayContext) =>
  operation('apigateway', 'DeleteApiKey', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apikeys/${input.apiKey}`),
    handle(input) {
      const { records } = context;
      const id = input.apiKey ?? '';
      if (!records.apiKeys.delete(id)) throw notFound('API Key');
      for (const plan of records.usagePlans.values()) records.usagePlanKeys.delete([plan.id, id]);
      context.changed();
      return {};
    },
  });
