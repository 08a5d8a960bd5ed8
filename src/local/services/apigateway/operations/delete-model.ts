import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { conflict, notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteModel.html */
export const deleteModel = (context: GatewayContext) =>
  operation('apigateway', 'DeleteModel', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/restapis/${input.restApiId}/models/${input.modelName}`),
    handle(input) {
      const { records } = context;
      const { id } = findApi(context, input.restApiId);
      const name = input.modelName ?? '';
      if (!records.models.has([id, name])) throw notFound('Model');
      for (const resource of records.resources.values({ prefix: id }))
        for (const method of Object.values(resource.methods))
          if (Object.values(method.requestModels ?? {}).includes(name))
            throw conflict(
              `Cannot delete model '${name}', is referenced in method ${method.httpMethod} of ${resource.path}`,
            );
      records.models.delete([id, name]);
      return {};
    },
  });
