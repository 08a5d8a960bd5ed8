import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { shownModel } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetModel.html */
export const getModel = (context: GatewayContext) =>
  operation('apigateway', 'GetModel', {
    accepts: ['restApiId', 'modelName'],
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/models/${input.modelName}`),
    handle(input) {
      findApi(context, input.restApiId);
      const model = context.records.models.get([input.restApiId ?? '', input.modelName ?? '']);
      if (!model) throw notFound('Model');
      return shownModel(model);
    },
  });
