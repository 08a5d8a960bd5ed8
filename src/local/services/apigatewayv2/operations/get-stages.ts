import { operation } from '../../../service.ts';
import { access, findApi, type HttpApiContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownStage } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html#GetStages */
export const getStages = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetStages', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/stages`),
    handle(input) {
      const { ApiId } = findApi(context, input.ApiId);
      const { Items, NextToken } = page([...context.records.stages.values({ prefix: ApiId })], input);
      return { Items: Items.map(shownStage), NextToken };
    },
  });
