import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { badRequest, conflict } from '../errors.ts';
import { shownStage } from '../shown.ts';
import { newStage, stageNameProblems, stageProblems } from '../stage-features.ts';
import { readTags } from '../tags.ts';

/** Caches and canaries are refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
export const createStage = (context: GatewayContext) =>
  operation('apigateway', 'CreateStage', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/stages`),
    *problems(input) {
      yield* stageProblems(input);
      yield* stageNameProblems(input);
    },
    handle(input) {
      const { env, records } = context;
      const { id } = findApi(context, input.restApiId);
      const name = input.stageName ?? '';
      if (records.stages.has([id, name])) throw conflict('Stage already exists');
      if (!records.deployments.has([id, input.deploymentId ?? '']))
        throw badRequest('Deployment id does not exist');
      const stage = {
        ...newStage(name, env.clock.now()),
        deploymentId: input.deploymentId ?? '',
        description: input.description,
        variables: { ...input.variables },
        tracingEnabled: input.tracingEnabled ?? false,
        documentationVersion: input.documentationVersion,
        tags: readTags(input.tags),
      };
      records.stages.put([id, name], stage);
      context.changed();
      return shownStage(stage);
    },
  });
