import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployments.html */
export const getDeployments = (context: GatewayContext) =>
  operation('apigateway', 'GetDeployments', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/deployments`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page([...context.records.deployments.values({ prefix: id })], input);
      return { items: items.map(shownDeployment), position };
    },
  });
