import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteUsagePlanKey.html */
export const deleteUsagePlanKey = (context: GatewayContext) =>
  operation('apigateway', 'DeleteUsagePlanKey', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/usageplans/${input.usagePlanId}/keys/${input.keyId}`),
    handle(input) {
      if (!context.records.usagePlanKeys.delete([input.usagePlanId ?? '', input.keyId ?? '']))
        throw notFound('Usage Plan Key');
      context.changed();
      return {};
    },
  });
