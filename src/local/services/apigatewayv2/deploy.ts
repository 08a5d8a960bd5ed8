/** Deployments are copies of the API as it stands. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html */
import type { ServiceEnvironment } from '../../service.ts';
import { badRequest } from './errors.ts';
import type { HttpApiRecords, Snapshot } from './records.ts';

interface DeployContext {
  readonly env: Pick<ServiceEnvironment, 'clock' | 'store'>;
  readonly records: HttpApiRecords;
}

const noRoutes = 'Unable to deploy API because no routes exist in this API';

export function takeSnapshot({ records }: DeployContext, apiId: string): Snapshot {
  const api = records.apis.get(apiId);
  const routes = [...records.routes.values({ prefix: apiId })];
  if (!api || routes.length === 0) throw badRequest(noRoutes);
  return {
    api,
    routes,
    integrations: [...records.integrations.values({ prefix: apiId })],
    authorizers: [...records.authorizers.values({ prefix: apiId })],
  };
}

/** Deploys to the stages that want every change. Their earlier automatic deployment is kept no longer. */
export function autoDeploy(context: DeployContext, apiId: string, deploymentId: string): void {
  const { env, records } = context;
  const stages = [...records.stages.values({ prefix: apiId })];
  const automatic = stages.filter((stage) => stage.AutoDeploy);
  if (automatic.length === 0) return;
  const now = env.clock.now();
  if ([...records.routes.values({ prefix: apiId })].length === 0) {
    for (const stage of automatic)
      records.stages.put([apiId, stage.StageName], {
        ...stage,
        LastDeploymentStatusMessage: `Deployment attempt failed: ${noRoutes}`,
      });
    return;
  }
  const snapshot = takeSnapshot(context, apiId);
  const pinned = new Set(stages.filter((stage) => !stage.AutoDeploy).map((stage) => stage.DeploymentId));
  env.store.transaction(() => {
    for (const { DeploymentId, AutoDeployed } of records.deployments.values({ prefix: apiId }))
      if (AutoDeployed && !pinned.has(DeploymentId)) {
        records.deployments.delete([apiId, DeploymentId]);
        records.snapshots.delete([apiId, DeploymentId]);
      }
    records.deployments.put([apiId, deploymentId], {
      DeploymentId: deploymentId,
      Description: 'Automatic deployment triggered by changes to the Api configuration',
      AutoDeployed: true,
      createdAt: now,
    });
    records.snapshots.put([apiId, deploymentId], snapshot);
    for (const stage of automatic)
      records.stages.put([apiId, stage.StageName], {
        ...stage,
        DeploymentId: deploymentId,
        LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deploymentId}'`,
        updatedAt: now,
      });
  });
}
