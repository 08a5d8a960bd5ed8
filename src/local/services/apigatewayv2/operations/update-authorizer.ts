import { passRole } from '../../../pass-role.ts';
import { operation, throwFirst } from '../../../service.ts';
import { authorizerProblems } from '../authorizer-features.ts';
import { access, edited, findPart, type HttpApiContext, merged } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers-authorizerid.html#UpdateAuthorizer */
export const updateAuthorizer = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateAuthorizer', {
    accepts: [
      ...(['ApiId', 'AuthorizerId', 'Name', 'AuthorizerType', 'AuthorizerUri'] as const),
      ...([
        'AuthorizerCredentialsArn',
        'AuthorizerPayloadFormatVersion',
        'AuthorizerResultTtlInSeconds',
        'EnableSimpleResponses',
      ] as const),
      ...(['IdentitySource', 'JwtConfiguration'] as const),
    ],
    access: (input) => [
      access(context, 'PATCH', `/apis/${input.ApiId}/authorizers/${input.AuthorizerId}`),
      ...passRole('apigateway.amazonaws.com', input.AuthorizerCredentialsArn),
    ],
    handle({ ApiId = '', AuthorizerId, ...given }) {
      const before = findPart(context, context.records.authorizers, 'Authorizer', ApiId, AuthorizerId);
      const authorizer = merged(before, given);
      throwFirst(authorizerProblems(authorizer));
      context.records.authorizers.put([ApiId, authorizer.AuthorizerId], authorizer);
      edited(context, ApiId);
      return authorizer;
    },
  });
