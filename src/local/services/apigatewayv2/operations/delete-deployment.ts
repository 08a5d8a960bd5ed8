import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';
import { badRequest } from '../errors.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html#DeleteDeployment */
export const deleteDeployment = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteDeployment', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/deployments/${input.DeploymentId}`),
    handle(input) {
      const { records } = context;
      const { ApiId = '' } = input;
      const { DeploymentId } = findPart(
        context,
        records.deployments,
        'Deployment',
        ApiId,
        input.DeploymentId,
      );
      for (const stage of records.stages.values({ prefix: ApiId }))
        if (stage.DeploymentId === DeploymentId)
          throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      records.deployments.delete([ApiId, DeploymentId]);
      records.snapshots.delete([ApiId, DeploymentId]);
      return {};
    },
  });
