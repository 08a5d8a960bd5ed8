/**
 * An HTTP API as an OpenAPI document describes it. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 * Schemas are not looked at: HTTP APIs do not validate requests.
 */
import type {
  AuthorizationType,
  Cors,
  CreateAuthorizerRequest,
  CreateIntegrationRequest,
} from '@aws-sdk/client-apigatewayv2';
import { lookup } from '../../../core/lookup.ts';
import {
  type Fields,
  fieldsOf,
  flagOf,
  follow,
  listOf,
  mapOf,
  readDocument,
  textOf,
  textsOf,
} from '../../api-gateway/open-api-document.ts';
import { type AwsError, thrownBy, unsupported } from '../../service.ts';
import { apiProblems } from './api-features.ts';
import { authorizerProblems } from './authorizer-features.ts';
import { badRequest } from './errors.ts';
import { integrationProblems } from './integration-features.ts';
import { routeProblems } from './route-features.ts';

export type IntegrationDefinition = Partial<Omit<CreateIntegrationRequest, 'ApiId'>>;
export type AuthorizerDefinition = Omit<CreateAuthorizerRequest, 'ApiId'>;

export interface RouteDefinition {
  readonly RouteKey: string;
  readonly OperationName: string | undefined;
  readonly AuthorizationType: AuthorizationType;
  /** By the name that the document gives it. */
  readonly authorizer: string | undefined;
  readonly AuthorizationScopes: string[];
  readonly integration: IntegrationDefinition | undefined;
}

export interface ApiDefinition {
  readonly Name: string;
  readonly Description: string | undefined;
  readonly Version: string | undefined;
  readonly CorsConfiguration: Cors | undefined;
  readonly Tags: Readonly<Record<string, string>>;
  readonly routes: readonly RouteDefinition[];
  readonly authorizers: ReadonlyMap<string, AuthorizerDefinition>;
}

const methods: Readonly<Record<string, string>> = {
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  head: 'HEAD',
  options: 'OPTIONS',
  'x-amazon-apigateway-any-method': 'ANY',
};

/** @throws BadRequestException for what is no OpenAPI 3.0 document, NotImplemented for what is not imported */
export function readDefinition(body: string | undefined): ApiDefinition {
  const document = readDocument(body);
  if (document.openapi === undefined) throw badRequest('HTTP APIs are imported from OpenAPI 3.0 documents');
  const info = fieldsOf(document.info);
  const routes: RouteDefinition[] = [];
  for (const [path, item] of Object.entries(fieldsOf(document.paths)))
    for (const [name, operation] of Object.entries(follow(document, item))) {
      const method = lookup(methods, name.toLowerCase());
      if (method === undefined) continue;
      const isDefault = path === '/$default' || path === '$default';
      routes.push(routeOf(document, isDefault ? '$default' : `${method} ${path}`, fieldsOf(operation)));
    }
  const cors = fieldsOf(document['x-amazon-apigateway-cors']);
  return {
    Name: textOf(info.title) ?? '',
    Description: textOf(info.description),
    Version: textOf(info.version),
    CorsConfiguration: Object.keys(cors).length > 0 ? corsOf(cors) : undefined,
    Tags: Object.fromEntries(
      listOf(document.tags).flatMap((tag): [string, string][] => {
        const { name, 'x-amazon-apigateway-tag-value': value } = fieldsOf(tag);
        return typeof name === 'string' && value !== undefined ? [[name, String(value)]] : [];
      }),
    ),
    routes,
    authorizers: authorizersOf(document),
  };
}

function routeOf(document: Fields, RouteKey: string, operation: Fields): RouteDefinition {
  const [requirement] = listOf(operation.security ?? document.security);
  const [scheme, scopes] = Object.entries(fieldsOf(requirement))[0] ?? [];
  const given = operation['x-amazon-apigateway-integration'];
  const auth = textOf(fieldsOf(operation['x-amazon-apigateway-auth']).type)?.toUpperCase();
  const authorizer = scheme === undefined ? undefined : authorizersOf(document).get(scheme);
  if (scheme !== undefined && !authorizer)
    throw unsupported(
      `the security scheme ${scheme} of ${RouteKey}, which has no x-amazon-apigateway-authorizer`,
    );
  const jwt = authorizer?.AuthorizerType === 'JWT';
  return {
    RouteKey,
    OperationName: textOf(operation.operationId),
    AuthorizationType: authorizer ? (jwt ? 'JWT' : 'CUSTOM') : auth === 'AWS_IAM' ? 'AWS_IAM' : 'NONE',
    authorizer: authorizer && scheme,
    AuthorizationScopes: jwt ? textsOf(scopes) : [],
    integration: given === undefined ? undefined : integrationOf(integrationFields(document, given)),
  };
}

/** An integration may be one of the document's components. */
function integrationFields(document: Fields, given: unknown): Fields {
  const { $ref: ref } = fieldsOf(given);
  if (typeof ref !== 'string') return fieldsOf(given);
  const name = /^#\/components\/x-amazon-apigateway-integrations\/(.+)$/.exec(ref)?.[1];
  if (name === undefined) return follow(document, given);
  const components = fieldsOf(document.components);
  const found = lookup(fieldsOf(components['x-amazon-apigateway-integrations']), name);
  if (found === undefined) throw badRequest(`Invalid OpenAPI input: the reference ${ref} names nothing`);
  return fieldsOf(found);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
function integrationOf(given: Fields): IntegrationDefinition {
  const timeout = given.timeoutInMillis;
  const type = textOf(given.type)?.toUpperCase();
  const found: Readonly<Record<keyof IntegrationDefinition & string, unknown>> | Fields = {
    IntegrationType: type,
    IntegrationSubtype: textOf(given.subtype ?? given.integrationSubtype),
    IntegrationUri: textOf(given.uri),
    IntegrationMethod: textOf(given.httpMethod)?.replace(/^x-amazon-apigateway-any-method$/i, 'ANY'),
    PayloadFormatVersion: textOf(given.payloadFormatVersion),
    CredentialsArn: textOf(given.credentials),
    ConnectionType: textOf(given.connectionType),
    ConnectionId: textOf(given.connectionId),
    Description: textOf(given.description),
    RequestParameters: mapOf(given.requestParameters),
    ResponseParameters: responsesOf(given.responseParameters),
    TimeoutInMillis: timeout === undefined ? undefined : Number(timeout),
    TlsConfig: given.tlsConfig,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const responsesOf = (given: unknown) =>
  given === undefined
    ? undefined
    : Object.fromEntries(
        Object.entries(fieldsOf(given)).map(([status, mappings]) => [status, mapOf(mappings) ?? {}]),
      );

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function authorizersOf(document: Fields): ReadonlyMap<string, AuthorizerDefinition> {
  const schemes = fieldsOf(fieldsOf(document.components).securitySchemes);
  return new Map(
    Object.entries(schemes).flatMap(([Name, scheme]): [string, AuthorizerDefinition][] => {
      const given = fieldsOf(scheme)['x-amazon-apigateway-authorizer'];
      return given === undefined ? [] : [[Name, authorizerOf(Name, fieldsOf(given))]];
    }),
  );
}

function authorizerOf(Name: string, given: Fields): AuthorizerDefinition {
  const jwt = fieldsOf(given.jwtConfiguration);
  const isJwt = textOf(given.type)?.toLowerCase() === 'jwt';
  const ttl = given.authorizerResultTtlInSeconds;
  const source = given.identitySource;
  const IdentitySource = Array.isArray(source) ? textsOf(source) : (textOf(source)?.split(/,\s*/) ?? []);
  if (isJwt)
    return {
      Name,
      AuthorizerType: 'JWT',
      IdentitySource,
      JwtConfiguration: { Issuer: textOf(jwt.issuer), Audience: textsOf(jwt.audience) },
    };
  return {
    Name,
    AuthorizerType: 'REQUEST',
    IdentitySource,
    AuthorizerUri: textOf(given.authorizerUri),
    AuthorizerPayloadFormatVersion: textOf(given.authorizerPayloadFormatVersion),
    EnableSimpleResponses: flagOf(given.enableSimpleResponses) ?? false,
    ...(textOf(given.authorizerCredentials) === undefined
      ? {}
      : { AuthorizerCredentialsArn: textOf(given.authorizerCredentials) }),
    ...(ttl === undefined ? {} : { AuthorizerResultTtlInSeconds: Number(ttl) }),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html */
const corsOf = (given: Fields): Cors => ({
  ...(given.allowOrigins === undefined ? {} : { AllowOrigins: textsOf([given.allowOrigins].flat()) }),
  ...(given.allowMethods === undefined ? {} : { AllowMethods: textsOf([given.allowMethods].flat()) }),
  ...(given.allowHeaders === undefined ? {} : { AllowHeaders: textsOf([given.allowHeaders].flat()) }),
  ...(given.exposeHeaders === undefined ? {} : { ExposeHeaders: textsOf([given.exposeHeaders].flat()) }),
  ...(given.allowCredentials === undefined ? {} : { AllowCredentials: flagOf(given.allowCredentials) }),
  ...(given.maxAge === undefined ? {} : { MaxAge: Number(given.maxAge) }),
});

/** What of an import is refused, whatever there is in the cloud. */
export function* importProblems(input: {
  readonly Body?: string | undefined;
  readonly Basepath?: string | undefined;
}): Generator<AwsError> {
  if (input.Basepath !== undefined && input.Basepath !== 'ignore')
    yield unsupported(`Basepath ${input.Basepath} of an import`);
  let definition: ApiDefinition | undefined;
  yield* thrownBy(() => {
    definition = readDefinition(input.Body);
  });
  if (!definition) return;
  yield* apiProblems({ CorsConfiguration: definition.CorsConfiguration });
  for (const authorizer of definition.authorizers.values()) yield* authorizerProblems(authorizer);
  for (const { integration, authorizer, ...route } of definition.routes) {
    yield* routeProblems({ ...route, AuthorizerId: authorizer });
    if (integration) yield* integrationProblems(integration);
  }
}

/** The roles that a document hands to API Gateway; whoever imports it must be allowed to. */
export function rolesOf(body: string | undefined): readonly (string | undefined)[] {
  let definition: ApiDefinition | undefined;
  // What is wrong with the document is said by `importProblems`.
  for (const _ of thrownBy(() => {
    definition = readDefinition(body);
  }))
    return [];
  return [
    ...(definition?.routes ?? []).map(({ integration }) => integration?.CredentialsArn),
    ...[...(definition?.authorizers.values() ?? [])].map((one) => one.AuthorizerCredentialsArn),
  ];
}
