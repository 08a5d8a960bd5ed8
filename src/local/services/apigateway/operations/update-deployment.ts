import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { applyPatches } from '../patch.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDeployment.html */
export const updateDeployment = (context: GatewayContext) =>
  operation('apigateway', 'UpdateDeployment', {
    accepts: 'all',
    access: (input) =>
      access(context, 'PATCH', `/restapis/${input.restApiId}/deployments/${input.deploymentId}`),
    handle(input) {
      const key = [input.restApiId ?? '', input.deploymentId ?? ''];
      const found = context.records.deployments.get(key);
      if (!found) throw notFound('Deployment');
      const deployment = applyPatches('deployments', found, input.patchOperations, {
        description: (record, { value }) => ({ ...record, description: value }),
      });
      context.records.deployments.put(key, deployment);
      return shownDeployment(deployment);
    },
  });
