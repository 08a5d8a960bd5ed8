import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext, newId } from '../context.ts';
import { takeSnapshot } from '../deploy.ts';
import { shownDeployment } from '../shown.ts';
import { newStage, stageProblems } from '../stage-features.ts';

/** A snapshot of the API; with a stage name, that stage serves it. Canaries are refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html */
export const createDeployment = (context: GatewayContext) =>
  operation('apigateway', 'CreateDeployment', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/deployments`),
    problems: stageProblems,
    handle(input) {
      const { env, records } = context;
      const { id: apiId } = findApi(context, input.restApiId);
      const snapshot = takeSnapshot(context, apiId);
      const deployment = { id: newId(env, 6), description: input.description, createdAt: env.clock.now() };
      env.store.transaction(() => {
        records.deployments.put([apiId, deployment.id], deployment);
        records.snapshots.put([apiId, deployment.id], snapshot);
        if (!input.stageName) return;
        const now = env.clock.now();
        const before = records.stages.get([apiId, input.stageName]);
        records.stages.put([apiId, input.stageName], {
          ...(before ?? newStage(input.stageName, now)),
          deploymentId: deployment.id,
          description: input.stageDescription ?? before?.description,
          variables: { ...before?.variables, ...input.variables },
          tracingEnabled: input.tracingEnabled ?? before?.tracingEnabled ?? false,
          updatedAt: now,
        });
      });
      context.changed();
      return shownDeployment(deployment);
    },
  });
