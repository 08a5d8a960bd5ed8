import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { authorizerProblems } from '../authorizer-features.ts';
import { access, edited, findApi, type HttpApiContext, newId } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html#CreateAuthorizer */
export const createAuthorizer = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateAuthorizer', {
    accepts: [
      ...(['ApiId', 'Name', 'AuthorizerType', 'AuthorizerUri'] as const),
      ...([
        'AuthorizerCredentialsArn',
        'AuthorizerPayloadFormatVersion',
        'AuthorizerResultTtlInSeconds',
        'EnableSimpleResponses',
      ] as const),
      ...(['IdentitySource', 'JwtConfiguration'] as const),
    ],
    access: (input) => [
      access(context, 'POST', `/apis/${input.ApiId}/authorizers`),
      ...passRole('apigateway.amazonaws.com', input.AuthorizerCredentialsArn),
    ],
    problems: authorizerProblems,
    handle({ ApiId: id, ...given }) {
      const { ApiId } = findApi(context, id);
      const authorizer = { ...given, AuthorizerId: newId(context.env, 7) };
      context.records.authorizers.put([ApiId, authorizer.AuthorizerId], authorizer);
      edited(context, ApiId);
      return authorizer;
    },
  });
