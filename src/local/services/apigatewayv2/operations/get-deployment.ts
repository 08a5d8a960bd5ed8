import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html#GetDeployment */
export const getDeployment = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetDeployment', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/deployments/${input.DeploymentId}`),
    handle: (input) =>
      shownDeployment(
        findPart(context, context.records.deployments, 'Deployment', input.ApiId, input.DeploymentId),
      ),
  });
