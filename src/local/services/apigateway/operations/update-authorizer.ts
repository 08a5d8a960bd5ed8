import { operation, throwFirst } from '../../../service.ts';
import { authorizerProblems } from '../authorizer-features.ts';
import { access, findAuthorizer, type GatewayContext } from '../context.ts';
import { applyPatches } from '../patch.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAuthorizer.html */
export const updateAuthorizer = (context: GatewayContext) =>
  operation('apigateway', 'UpdateAuthorizer', {
    accepts: 'all',
    access: (input) =>
      access(context, 'PATCH', `/restapis/${input.restApiId}/authorizers/${input.authorizerId}`),
    handle(input) {
      const found = findAuthorizer(context, input.restApiId, input.authorizerId);
      const text =
        (name: keyof typeof found) =>
        (record: typeof found, { op, value }: { readonly op: string; readonly value: string }) => ({
          ...record,
          [name]: op === 'remove' || value === '' ? undefined : value,
        });
      const authorizer = applyPatches('authorizers', found, input.patchOperations, {
        name: text('name'),
        type: text('type'),
        authType: text('authType'),
        authorizerUri: text('authorizerUri'),
        authorizerCredentials: text('authorizerCredentials'),
        identitySource: text('identitySource'),
        identityValidationExpression: text('identityValidationExpression'),
        authorizerResultTtlInSeconds: (record, { value }) => ({
          ...record,
          authorizerResultTtlInSeconds: Number(value),
        }),
      });
      throwFirst(authorizerProblems(authorizer));
      context.records.authorizers.put([input.restApiId ?? '', authorizer.id], authorizer);
      return authorizer;
    },
  });
