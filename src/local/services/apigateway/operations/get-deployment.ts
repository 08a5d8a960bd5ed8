import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html */
export const getDeployment = (context: GatewayContext) =>
  operation('apigateway', 'GetDeployment', {
    accepts: ['restApiId', 'deploymentId'],
    access: (input) =>
      access(context, 'GET', `/restapis/${input.restApiId}/deployments/${input.deploymentId}`),
    handle(input) {
      const found = context.records.deployments.get([input.restApiId ?? '', input.deploymentId ?? '']);
      if (!found) throw notFound('Deployment');
      return shownDeployment(found);
    },
  });
