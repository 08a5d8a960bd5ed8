import { operation } from '../../../service.ts';
import { access, findResource, type GatewayContext, newId } from '../context.ts';
import { checkParent, checkSibling, pathPartProblems } from '../path-parts.ts';
import type { ResourceRecord } from '../records.ts';
import { shownResource } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html */
export const createResource = (context: GatewayContext) =>
  operation('apigateway', 'CreateResource', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/resources/${input.parentId}`),
    problems: pathPartProblems,
    handle(input) {
      const { env, records } = context;
      const parent = findResource(context, input.restApiId, input.parentId);
      const pathPart = input.pathPart ?? '';
      checkParent(parent);
      const apiId = input.restApiId ?? '';
      for (const sibling of records.resources.values({ prefix: apiId }))
        if (sibling.parentId === parent.id) checkSibling(pathPart, sibling);
      const id = newId(env, 6);
      const resource: ResourceRecord = {
        id,
        parentId: parent.id,
        pathPart,
        path: `${parent.path === '/' ? '' : parent.path}/${pathPart}`,
        methods: {},
      };
      records.resources.put([apiId, id], resource);
      return shownResource(resource, false);
    },
  });
