import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKey.html */
export const getUsagePlanKey = (context: GatewayContext) =>
  operation('apigateway', 'GetUsagePlanKey', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/usageplans/${input.usagePlanId}/keys/${input.keyId}`),
    handle(input) {
      const { records } = context;
      const key = records.apiKeys.get(input.keyId ?? '');
      if (!key || !records.usagePlanKeys.has([input.usagePlanId ?? '', key.id]))
        throw notFound('Usage Plan Key');
      return { id: key.id, type: 'API_KEY', name: key.name };
    },
  });
