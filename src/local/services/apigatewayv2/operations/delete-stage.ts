import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html#DeleteStage */
export const deleteStage = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteStage', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/apis/${input.ApiId}/stages/${input.StageName}`),
    handle({ ApiId = '', StageName }) {
      const stage = findPart(context, context.records.stages, 'Stage', ApiId, StageName);
      context.records.stages.delete([ApiId, stage.StageName]);
      context.served(ApiId);
      return {};
    },
  });
