import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';
import { shownStage } from '../shown.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html#GetStage */
export const getStage = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetStage', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/stages/${input.StageName}`),
    handle: (input) =>
      shownStage(findPart(context, context.records.stages, 'Stage', input.ApiId, input.StageName)),
  });
