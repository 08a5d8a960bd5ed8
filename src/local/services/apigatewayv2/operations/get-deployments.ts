import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownDeployment } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html#GetDeployments */
export const getDeployments = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetDeployments', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/deployments`),
    handle(input) {
      const { ApiId } = findApi(context, input.ApiId);
      const { Items, NextToken } = page([...context.records.deployments.values({ prefix: ApiId })], input);
      return { Items: Items.map(shownDeployment), NextToken };
    },
  });
