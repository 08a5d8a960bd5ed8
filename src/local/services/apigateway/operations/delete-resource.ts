import { operation } from '../../../service.ts';
import { access, findResource, type GatewayContext } from '../context.ts';
import { badRequest } from '../errors.ts';

/** Deletes its children too, as AWS does. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteResource.html */
export const deleteResource = (context: GatewayContext) =>
  operation('apigateway', 'DeleteResource', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/restapis/${input.restApiId}/resources/${input.resourceId}`),
    handle(input) {
      const { env, records } = context;
      const apiId = input.restApiId ?? '';
      const root = findResource(context, apiId, input.resourceId);
      if (root.parentId === undefined) throw badRequest('Root resource cannot be deleted');
      env.store.transaction(() => {
        const doomed = new Set([root.id]);
        const all = [...records.resources.values({ prefix: apiId })];
        // Children are longer than their parents.
        for (const resource of all.toSorted((a, b) => a.path.length - b.path.length))
          if (resource.parentId && doomed.has(resource.parentId)) doomed.add(resource.id);
        for (const id of doomed) records.resources.delete([apiId, id]);
      });
      return {};
    },
  });
