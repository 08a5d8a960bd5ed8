import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename-accesslogsettings.html#DeleteAccessLogSettings */
export const deleteAccessLogSettings = (context: HttpApiContext) =>
  operation('apigatewayv2', 'DeleteAccessLogSettings', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/apis/${input.ApiId}/stages/${input.StageName}/accesslogsettings`),
    handle({ ApiId = '', StageName }) {
      const { records } = context;
      const { AccessLogSettings: _, ...stage } = findPart(context, records.stages, 'Stage', ApiId, StageName);
      records.stages.put([ApiId, stage.StageName], stage);
      context.served(ApiId);
      return {};
    },
  });
