import { operation } from '../../../service.ts';
import { access, findStage, type GatewayContext } from '../context.ts';
import { badRequest } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteStage.html */
export const deleteStage = (context: GatewayContext) =>
  operation('apigateway', 'DeleteStage', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/restapis/${input.restApiId}/stages/${input.stageName}`),
    handle(input) {
      const { records } = context;
      const { name } = findStage(context, input.restApiId, input.stageName);
      for (const plan of records.usagePlans.values())
        if (plan.stages.some((stage) => stage.apiId === input.restApiId && stage.stage === name))
          throw badRequest(`The stage is in the usage plan ${plan.id}; remove it from the plan first`);
      records.stages.delete([input.restApiId ?? '', name]);
      context.changed();
      return {};
    },
  });
