import { operation } from '../../../service.ts';
import { access, findStage, type GatewayContext } from '../context.ts';
import { shownStage } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetStage.html */
export const getStage = (context: GatewayContext) =>
  operation('apigateway', 'GetStage', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/stages/${input.stageName}`),
    handle(input) {
      return shownStage(findStage(context, input.restApiId, input.stageName));
    },
  });
