import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { badRequest, notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDeployment.html */
export const deleteDeployment = (context: GatewayContext) =>
  operation('apigateway', 'DeleteDeployment', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/restapis/${input.restApiId}/deployments/${input.deploymentId}`),
    handle(input) {
      const { env, records } = context;
      const { id } = findApi(context, input.restApiId);
      const deploymentId = input.deploymentId ?? '';
      for (const stage of records.stages.values({ prefix: id }))
        if (stage.deploymentId === deploymentId)
          throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      env.store.transaction(() => {
        if (!records.deployments.delete([id, deploymentId])) throw notFound('Deployment');
        records.snapshots.delete([id, deploymentId]);
      });
      return {};
    },
  });
