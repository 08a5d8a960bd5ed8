/**
 * Who may call an operation, as a document says it: schemes, and API Gateway's extensions of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
import type { CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import { type Fields, fieldsOf, listOf, textOf, textsOf } from '../../../api-gateway/open-api-document.ts';

export interface Security {
  readonly authorizationType: string;
  readonly authorizer: string | undefined;
  readonly apiKeyRequired: boolean;
}

const schemesOf = (document: Fields): Fields => ({
  ...fieldsOf(document.securityDefinitions),
  ...fieldsOf(fieldsOf(document.components).securitySchemes),
});

export function authorizersOf(document: Fields): Omit<CreateAuthorizerRequest, 'restApiId'>[] {
  return Object.entries(schemesOf(document)).flatMap(([name, value]) => {
    const scheme = fieldsOf(value);
    const authorizer = fieldsOf(scheme['x-amazon-apigateway-authorizer']);
    if (authorizer.type === undefined) return [];
    const type = String(authorizer.type).toUpperCase();
    const ttl = authorizer.authorizerResultTtlInSeconds;
    return [
      {
        name,
        type: type as 'TOKEN',
        authType: textOf(scheme['x-amazon-apigateway-authtype']),
        authorizerUri: textOf(authorizer.authorizerUri),
        authorizerCredentials: textOf(authorizer.authorizerCredentials),
        authorizerResultTtlInSeconds: ttl === undefined ? undefined : Number(ttl),
        // A token is where the scheme says that its key is.
        identitySource:
          textOf(authorizer.identitySource) ??
          (type === 'TOKEN' ? `method.request.header.${textOf(scheme.name) ?? 'Authorization'}` : undefined),
        identityValidationExpression: textOf(authorizer.identityValidationExpression),
        ...(authorizer.providerARNs ? { providerARNs: textsOf(authorizer.providerARNs) } : {}),
      },
    ];
  });
}

export function securityOf(document: Fields, operation: Fields): Security {
  const schemes = schemesOf(document);
  const names = listOf(operation.security ?? document.security).flatMap((one) => Object.keys(fieldsOf(one)));
  const own = fieldsOf(operation['x-amazon-apigateway-auth'] ?? document['x-amazon-apigateway-auth']);
  let authorizationType = textOf(own.type)?.toUpperCase() ?? 'NONE';
  let authorizer: string | undefined;
  let apiKeyRequired = false;
  for (const name of names) {
    const scheme = fieldsOf(schemes[name]);
    const authtype = textOf(scheme['x-amazon-apigateway-authtype'])?.toLowerCase();
    const { type } = fieldsOf(scheme['x-amazon-apigateway-authorizer']);
    if (type !== undefined) {
      authorizer = name;
      authorizationType =
        String(type).toLowerCase() === 'cognito_user_pools' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
    } else if (authtype === 'awssigv4') authorizationType = 'AWS_IAM';
    else if (String(scheme.name).toLowerCase() === 'x-api-key') apiKeyRequired = true;
  }
  return { authorizationType, authorizer, apiKeyRequired };
}
