import { operation } from '../../../service.ts';
import { authorizerOf, authorizerProblems } from '../authorizer-features.ts';
import { access, findApi, type GatewayContext, newId } from '../context.ts';
import { badRequest } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
export const createAuthorizer = (context: GatewayContext) =>
  operation('apigateway', 'CreateAuthorizer', {
    accepts: [
      ...(['restApiId', 'name', 'type', 'authType', 'authorizerUri', 'authorizerCredentials'] as const),
      ...(['identitySource', 'identityValidationExpression', 'authorizerResultTtlInSeconds'] as const),
    ],
    access: (input) => access(context, 'POST', `/restapis/${input.restApiId}/authorizers`),
    problems: authorizerProblems,
    handle(input) {
      const { env, records } = context;
      const { id: apiId } = findApi(context, input.restApiId);
      for (const other of records.authorizers.values({ prefix: apiId }))
        if (other.name === input.name)
          throw badRequest('Authorizer name must be unique. Authorizer already exists in this RestApi.');
      const authorizer = authorizerOf(newId(env, 6), input);
      records.authorizers.put([apiId, authorizer.id], authorizer);
      return authorizer;
    },
  });
