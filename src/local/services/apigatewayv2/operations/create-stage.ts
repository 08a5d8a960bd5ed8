import { operation } from '../../../service.ts';
import { access, edited, findApi, type HttpApiContext } from '../context.ts';
import { conflict } from '../errors.ts';
import type { StageRecord } from '../records.ts';
import { shownStage } from '../shown.ts';
import { allowAccessLog, checkDeployment, stageProblems } from '../stage-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html#CreateStage */
export const createStage = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateStage', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/apis/${input.ApiId}/stages`),
    problems: stageProblems,
    async handle({ ApiId: id, ClientCertificateId: _, ...given }, call) {
      const { env, records } = context;
      const { ApiId } = findApi(context, id);
      const StageName = given.StageName ?? '';
      if (records.stages.has([ApiId, StageName])) throw conflict('Stage already exists');
      checkDeployment(context, ApiId, given.DeploymentId);
      const now = env.clock.now();
      const stage: StageRecord = {
        AutoDeploy: false,
        DefaultRouteSettings: { DetailedMetricsEnabled: false },
        RouteSettings: {},
        StageVariables: {},
        ...given,
        StageName,
        createdAt: now,
        updatedAt: now,
      };
      await allowAccessLog(context, stage, call.caller);
      records.stages.put([ApiId, StageName], stage);
      edited(context, ApiId);
      return shownStage(records.stages.get([ApiId, StageName]) ?? stage);
    },
  });
