import { operation, thrownBy } from '../../../service.ts';
import { checkedSchema } from '../api-features.ts';
import { access, findApi, type GatewayContext, newId } from '../context.ts';
import { badRequest, conflict } from '../errors.ts';
import type { ModelRecord } from '../records.ts';
import { shownModel } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html */
export const createModel = (context: GatewayContext) =>
  operation('apigateway', 'CreateModel', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/models`),
    *problems({ name = '', schema }) {
      if (!/^[A-Za-z0-9]+$/.test(name)) yield badRequest(`Model name must be alphanumeric: ${name}`);
      yield* thrownBy(() => checkedSchema(schema));
    },
    handle(input) {
      const { env, records } = context;
      const { id: apiId } = findApi(context, input.restApiId);
      const name = input.name ?? '';
      if (records.models.has([apiId, name])) throw conflict(`Model name already exists for this REST API`);
      const model: ModelRecord = {
        id: newId(env, 6),
        name,
        description: input.description,
        contentType: input.contentType ?? 'application/json',
        schema: checkedSchema(input.schema),
      };
      records.models.put([apiId, name], model);
      return shownModel(model);
    },
  });
