import { operation } from '../../../service.ts';
import { access, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#GetApis */
export const getApis = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetApis', {
    accepts: 'all',
    access: () => access(context, 'GET', '/apis'),
    handle(input) {
      const { Items, NextToken } = page([...context.records.apis.values()], input);
      return { Items: Items.map((api) => shownApi(api, context.env)), NextToken };
    },
  });
