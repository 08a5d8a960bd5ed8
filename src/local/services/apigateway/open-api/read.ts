/**
 * Reads OpenAPI 3.0 and Swagger 2.0 with API Gateway's extensions.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 *
 * Documentation is not kept, because nothing here shows it. Extensions that are not known are refused by name.
 */
import type { PutIntegrationRequest } from '@aws-sdk/client-api-gateway';
import { isObject } from '../../../../core/is-object.ts';
import {
  type Fields,
  fieldsOf,
  flagOf,
  follow,
  listOf,
  mapOf,
  textOf,
  textsOf,
} from '../../../api-gateway/open-api-document.ts';
import { unsupported } from '../../../service.ts';
import { badRequest } from '../errors.ts';
import type { ApiDefinition, MethodDefinition } from './definition.ts';
import { Models } from './models.ts';
import { authorizersOf, securityOf } from './security.ts';

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'x-amazon-apigateway-any-method'];

const known = new Set([
  ...[
    'any-method',
    'api-key-source',
    'auth',
    'authorizer',
    'authtype',
    'binary-media-types',
    'documentation',
  ],
  ...['endpoint-configuration', 'gateway-responses', 'importexport-version', 'integration', 'policy'],
  ...['minimum-compression-size', 'request-validator', 'request-validators', 'tag-value'],
]);

function refuseUnknown(fields: Fields): void {
  for (const name of Object.keys(fields)) {
    const extension = /^x-amazon-apigateway-(.+)$/.exec(name)?.[1];
    if (extension !== undefined && !known.has(extension)) throw unsupported(`${name} of an OpenAPI document`);
  }
}

/** @throws BadRequestException, or NotImplemented for an extension that is not known */
export function readOpenApi(document: Fields): ApiDefinition {
  refuseUnknown(document);
  const info = fieldsOf(document.info);
  const models = new Models(document);
  const endpoint = fieldsOf(document['x-amazon-apigateway-endpoint-configuration']);
  if (listOf(endpoint.vpcEndpointIds).length > 0) throw unsupported('VPC endpoints of REST APIs');
  const paths = fieldsOf(document.paths);
  const methods = Object.entries(paths).flatMap(([path, item]) =>
    methodsOf(document, path, follow(document, item), models),
  );
  const compression = document['x-amazon-apigateway-minimum-compression-size'];
  const policy = document['x-amazon-apigateway-policy'];
  return {
    name: textOf(info.title) ?? 'Untitled',
    description: textOf(info.description),
    version: textOf(info.version),
    binaryMediaTypes: Array.isArray(document['x-amazon-apigateway-binary-media-types'])
      ? textsOf(document['x-amazon-apigateway-binary-media-types'])
      : undefined,
    apiKeySource: textOf(document['x-amazon-apigateway-api-key-source'])?.toUpperCase(),
    policy: policy === undefined ? undefined : typeof policy === 'string' ? policy : JSON.stringify(policy),
    minimumCompressionSize: compression === undefined ? undefined : Number(compression),
    disableExecuteApiEndpoint: flagOf(endpoint.disableExecuteApiEndpoint),
    paths: Object.keys(paths),
    methods,
    models: models.all(),
    validators: Object.entries(fieldsOf(document['x-amazon-apigateway-request-validators'])).map(
      ([name, value]) => ({
        name,
        validateRequestBody: flagOf(fieldsOf(value).validateRequestBody),
        validateRequestParameters: flagOf(fieldsOf(value).validateRequestParameters),
      }),
    ),
    authorizers: authorizersOf(document),
    gatewayResponses: Object.entries(fieldsOf(document['x-amazon-apigateway-gateway-responses'])).map(
      ([responseType, value]) => ({
        responseType: responseType as 'DEFAULT_4XX',
        statusCode: textOf(fieldsOf(value).statusCode),
        responseParameters: mapOf(fieldsOf(value).responseParameters),
        responseTemplates: mapOf(fieldsOf(value).responseTemplates),
      }),
    ),
  };
}

function methodsOf(document: Fields, path: string, item: Fields, models: Models): MethodDefinition[] {
  refuseUnknown(item);
  return verbs.flatMap((verb) => {
    if (!isObject(item[verb])) return [];
    const operation = fieldsOf(item[verb]);
    refuseUnknown(operation);
    const security = securityOf(document, operation);
    const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)].map((one) =>
      follow(document, one),
    );
    const integration = fieldsOf(operation['x-amazon-apigateway-integration']);
    return [
      {
        path,
        method: {
          httpMethod: verb.startsWith('x-') ? 'ANY' : verb.toUpperCase(),
          authorizationType: security.authorizationType,
          apiKeyRequired: security.apiKeyRequired,
          operationName: textOf(operation.operationId),
          requestParameters: requestParameters(parameters),
          requestModels: models.ofRequest(operation, parameters),
        },
        authorizer: security.authorizer,
        validator: textOf(
          operation['x-amazon-apigateway-request-validator'] ??
            document['x-amazon-apigateway-request-validator'],
        ),
        responses: responsesOf(document, operation, models),
        integration: integrationOf(path, operation['x-amazon-apigateway-integration']),
        integrationResponses: integrationResponses(integration),
      },
    ];
  });
}

const places: Readonly<Record<string, string>> = { path: 'path', query: 'querystring', header: 'header' };

function requestParameters(parameters: readonly Fields[]): Record<string, boolean> | undefined {
  const found = parameters.flatMap((one): [string, boolean][] => {
    const place = places[String(one.in)];
    return place ? [[`method.request.${place}.${textOf(one.name)}`, flagOf(one.required) ?? false]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function responsesOf(document: Fields, operation: Fields, models: Models): MethodDefinition['responses'] {
  return Object.entries(fieldsOf(operation.responses)).flatMap(([status, value]) => {
    if (!/^[1-5]\d\d$/.test(status)) return [];
    const response = follow(document, value);
    const headers = Object.keys(fieldsOf(response.headers));
    return [
      {
        statusCode: status,
        responseParameters:
          headers.length > 0
            ? Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false]))
            : undefined,
        responseModels: models.ofResponse(operation, response),
      },
    ];
  });
}

function integrationOf(path: string, value: unknown): MethodDefinition['integration'] {
  if (value === undefined) return undefined;
  const fields = fieldsOf(value);
  const type = textOf(fields.type)?.toUpperCase();
  if (!['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK'].includes(type ?? ''))
    throw badRequest(`Unable to parse API definition because of a malformed integration at path ${path}.`);
  const timeout = fields.timeoutInMillis;
  return {
    type: type as PutIntegrationRequest['type'],
    uri: textOf(fields.uri),
    integrationHttpMethod: textOf(fields.httpMethod)?.toUpperCase() ?? (type === 'MOCK' ? undefined : ''),
    credentials: textOf(fields.credentials),
    requestParameters: mapOf(fields.requestParameters),
    requestTemplates: mapOf(fields.requestTemplates),
    passthroughBehavior: textOf(fields.passthroughBehavior)?.toUpperCase(),
    contentHandling: textOf(fields.contentHandling)?.toUpperCase() as 'CONVERT_TO_TEXT' | undefined,
    timeoutInMillis: timeout === undefined ? undefined : Number(timeout),
    connectionType: textOf(fields.connectionType)?.toUpperCase() as 'INTERNET' | undefined,
    connectionId: textOf(fields.connectionId),
    cacheNamespace: textOf(fields.cacheNamespace),
    cacheKeyParameters:
      fields.cacheKeyParameters === undefined ? undefined : textsOf(fields.cacheKeyParameters),
    ...(isObject(fields.tlsConfig) ? { tlsConfig: fields.tlsConfig } : {}),
    responseTransferMode: textOf(fields.responseTransferMode)?.toUpperCase() as 'BUFFERED' | undefined,
  };
}

/** Keys are selection patterns; `default` is what none selects. */
function integrationResponses({ responses }: Fields): MethodDefinition['integrationResponses'] {
  return Object.entries(fieldsOf(responses)).map(([pattern, value]) => {
    const fields = fieldsOf(value);
    return {
      statusCode: textOf(fields.statusCode) ?? '200',
      selectionPattern: pattern === 'default' ? undefined : pattern,
      responseParameters: mapOf(fields.responseParameters),
      responseTemplates: mapOf(fields.responseTemplates),
      contentHandling: textOf(fields.contentHandling)?.toUpperCase() as 'CONVERT_TO_TEXT' | undefined,
    };
  });
}
