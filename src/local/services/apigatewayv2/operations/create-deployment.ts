import { operation } from '../../../service.ts';
import { access, findApi, findPart, type HttpApiContext, newId } from '../context.ts';
import { takeSnapshot } from '../deploy.ts';
import { badRequest } from '../errors.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html#CreateDeployment */
export const createDeployment = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateDeployment', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/apis/${input.ApiId}/deployments`),
    handle(input) {
      const { env, records } = context;
      const { ApiId } = findApi(context, input.ApiId);
      const stage =
        input.StageName === undefined
          ? undefined
          : findPart(context, records.stages, 'Stage', ApiId, input.StageName);
      if (stage?.AutoDeploy) throw badRequest('Deployments cannot be made to stages with AutoDeploy enabled');
      const snapshot = takeSnapshot(context, ApiId);
      const now = env.clock.now();
      const deployment = {
        DeploymentId: newId(env, 6),
        Description: input.Description,
        AutoDeployed: false,
        createdAt: now,
      };
      env.store.transaction(() => {
        records.deployments.put([ApiId, deployment.DeploymentId], deployment);
        records.snapshots.put([ApiId, deployment.DeploymentId], snapshot);
        if (stage)
          records.stages.put([ApiId, stage.StageName], {
            ...stage,
            DeploymentId: deployment.DeploymentId,
            updatedAt: now,
          });
      });
      context.served(ApiId);
      return shownDeployment(deployment);
    },
  });
