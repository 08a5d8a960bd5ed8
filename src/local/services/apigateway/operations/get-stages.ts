import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { shownStage } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html */
export const getStages = (context: GatewayContext) =>
  operation('apigateway', 'GetStages', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/stages`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      return {
        item: [...context.records.stages.values({ prefix: id })]
          .filter((stage) => !input.deploymentId || stage.deploymentId === input.deploymentId)
          .map(shownStage),
      };
    },
  });
