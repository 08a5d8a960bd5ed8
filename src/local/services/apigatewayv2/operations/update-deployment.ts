import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html#UpdateDeployment */
export const updateDeployment = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateDeployment', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/apis/${input.ApiId}/deployments/${input.DeploymentId}`),
    handle({ ApiId = '', DeploymentId, Description }) {
      const { records } = context;
      const before = findPart(context, records.deployments, 'Deployment', ApiId, DeploymentId);
      const deployment = { ...before, Description: Description ?? before.Description };
      records.deployments.put([ApiId, before.DeploymentId], deployment);
      return shownDeployment(deployment);
    },
  });
