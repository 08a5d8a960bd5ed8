import { operation } from '../../../service.ts';
import { checkedSchema } from '../api-features.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { applyPatches } from '../patch.ts';
import { shownModel } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateModel.html */
export const updateModel = (context: GatewayContext) =>
  operation('apigateway', 'UpdateModel', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/restapis/${input.restApiId}/models/${input.modelName}`),
    handle(input) {
      const key = [input.restApiId ?? '', input.modelName ?? ''];
      const found = context.records.models.get(key);
      if (!found) throw notFound('Model');
      const model = applyPatches('models', found, input.patchOperations, {
        description: (record, { value }) => ({ ...record, description: value }),
        schema: (record, { value }) => ({ ...record, schema: checkedSchema(value) }),
      });
      context.records.models.put(key, model);
      return shownModel(model);
    },
  });
