import { operation } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext, merged } from '../context.ts';
import { badRequest } from '../errors.ts';
import { shownStage } from '../shown.ts';
import { allowAccessLog, checkDeployment, stageProblems } from '../stage-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html#UpdateStage */
export const updateStage = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateStage', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/apis/${input.ApiId}/stages/${input.StageName}`),
    problems: stageProblems,
    async handle({ ApiId = '', ClientCertificateId: _, ...given }, call) {
      const { env, records } = context;
      const before = findPart(context, records.stages, 'Stage', ApiId, given.StageName);
      if (before.AutoDeploy && given.AutoDeploy !== false && given.DeploymentId !== undefined)
        throw badRequest('Deployment ID cannot be set on stages with AutoDeploy enabled');
      checkDeployment(context, ApiId, given.DeploymentId);
      const stage = {
        ...merged(before, given),
        RouteSettings: { ...before.RouteSettings, ...given.RouteSettings },
        StageName: before.StageName,
        updatedAt: env.clock.now(),
      };
      if (given.AccessLogSettings) await allowAccessLog(context, stage, call.caller);
      records.stages.put([ApiId, stage.StageName], stage);
      edited(context, ApiId);
      return shownStage(records.stages.get([ApiId, stage.StageName]) ?? stage);
    },
  });
