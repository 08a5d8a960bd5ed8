import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { badRequest } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteRestApi.html */
export const deleteRestApi = (context: GatewayContext) =>
  operation('apigateway', 'DeleteRestApi', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/restapis/${input.restApiId}`),
    handle(input) {
      const { env, records } = context;
      const { id } = findApi(context, input.restApiId);
      for (const plan of records.usagePlans.values())
        if (plan.stages.some((stage) => stage.apiId === id))
          throw badRequest(
            `Active stages pointing to this API must be removed from the usage plan ${plan.id} first`,
          );
      env.store.transaction(() => {
        records.apis.delete(id);
        for (const kind of [
          records.resources,
          records.models,
          records.validators,
          records.gatewayResponses,
          records.authorizers,
          records.deployments,
          records.snapshots,
          records.stages,
        ])
          kind.clear(id);
      });
      context.changed();
      return {};
    },
  });
