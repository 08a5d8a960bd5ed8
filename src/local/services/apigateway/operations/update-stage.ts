import { operation } from '../../../service.ts';
import { access, findStage, type GatewayContext } from '../context.ts';
import { applyPatches } from '../patch.ts';
import { shownStage } from '../shown.ts';
import { checkLogging, stageChangeProblems, stagePatches } from '../stage-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html */
export const updateStage = (context: GatewayContext) =>
  operation('apigateway', 'UpdateStage', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/restapis/${input.restApiId}/stages/${input.stageName}`),
    problems: stageChangeProblems,
    handle(input) {
      const before = findStage(context, input.restApiId, input.stageName);
      const stage = {
        ...applyPatches(
          'stages',
          before,
          input.patchOperations,
          stagePatches(context, input.restApiId ?? ''),
        ),
        updatedAt: context.env.clock.now(),
      };
      checkLogging(context, stage);
      context.records.stages.put([input.restApiId ?? '', stage.name], stage);
      context.changed();
      return shownStage(stage);
    },
  });
