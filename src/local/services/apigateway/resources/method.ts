import { type Invoke, resourceType } from '../../../service.ts';
import { flag, gone, number } from './support.ts';

interface IntegrationProperties {
  readonly Type: string;
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: string;
  readonly Credentials?: string;
  readonly ConnectionType?: string;
  readonly ConnectionId?: string;
  readonly ContentHandling?: string;
  readonly PassthroughBehavior?: string;
  readonly RequestParameters?: Readonly<Record<string, string>>;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly TimeoutInMillis?: number | string;
  readonly CacheKeyParameters?: readonly string[];
  readonly CacheNamespace?: string;
  readonly ResponseTransferMode?: string;
  readonly IntegrationTarget?: string;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string | number;
    readonly SelectionPattern?: string;
    readonly ContentHandling?: string;
    readonly ResponseParameters?: Readonly<Record<string, string>>;
    readonly ResponseTemplates?: Readonly<Record<string, string>>;
  }[];
}

interface MethodProperties {
  readonly RestApiId: string;
  readonly ResourceId: string;
  readonly HttpMethod: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: readonly string[];
  readonly ApiKeyRequired?: boolean | string;
  readonly OperationName?: string;
  readonly RequestParameters?: Readonly<Record<string, boolean | string | { readonly Required?: boolean }>>;
  readonly RequestModels?: Readonly<Record<string, string>>;
  readonly RequestValidatorId?: string;
  readonly Integration?: IntegrationProperties;
  readonly MethodResponses?: readonly {
    readonly StatusCode: string | number;
    readonly ResponseParameters?: Readonly<Record<string, boolean | string>>;
    readonly ResponseModels?: Readonly<Record<string, string>>;
  }[];
}

const address = (p: MethodProperties) => ({
  restApiId: p.RestApiId,
  resourceId: p.ResourceId,
  httpMethod: p.HttpMethod,
});

const flags = (map: Readonly<Record<string, unknown>> | undefined) =>
  map &&
  Object.fromEntries(
    Object.entries(map).map(([key, value]) => [
      key,
      String(typeof value === 'object' ? (value as { Required?: unknown } | null)?.Required : value) ===
        'true',
    ]),
  );

async function put(p: MethodProperties, invoke: Invoke): Promise<void> {
  const at = address(p);
  await invoke('apigateway', 'PutMethod', {
    ...at,
    authorizationType: p.AuthorizationType ?? 'NONE',
    authorizerId: p.AuthorizerId,
    authorizationScopes: p.AuthorizationScopes,
    apiKeyRequired: flag(p.ApiKeyRequired),
    operationName: p.OperationName,
    requestParameters: flags(p.RequestParameters),
    requestModels: p.RequestModels,
    requestValidatorId: p.RequestValidatorId,
  });
  for (const response of p.MethodResponses ?? [])
    await invoke('apigateway', 'PutMethodResponse', {
      ...at,
      statusCode: String(response.StatusCode),
      responseParameters: flags(response.ResponseParameters),
      responseModels: response.ResponseModels,
    });
  const { Integration: integration } = p;
  if (!integration) return;
  await invoke('apigateway', 'PutIntegration', {
    ...at,
    type: integration.Type,
    integrationHttpMethod: integration.IntegrationHttpMethod,
    uri: integration.Uri,
    credentials: integration.Credentials,
    connectionType: integration.ConnectionType,
    connectionId: integration.ConnectionId,
    contentHandling: integration.ContentHandling,
    passthroughBehavior: integration.PassthroughBehavior,
    requestParameters: integration.RequestParameters,
    requestTemplates: integration.RequestTemplates,
    timeoutInMillis: number(integration.TimeoutInMillis),
    cacheKeyParameters: integration.CacheKeyParameters,
    cacheNamespace: integration.CacheNamespace,
    responseTransferMode: integration.ResponseTransferMode,
    integrationTarget: integration.IntegrationTarget,
  });
  // A proxy integration's answer is the function's own; AWS keeps these and does not use them.
  for (const response of integration.IntegrationResponses ?? [])
    await invoke('apigateway', 'PutIntegrationResponse', {
      ...at,
      statusCode: String(response.StatusCode),
      selectionPattern: response.SelectionPattern,
      contentHandling: response.ContentHandling,
      responseParameters: response.ResponseParameters,
      responseTemplates: response.ResponseTemplates,
    });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html */
export const method = resourceType<MethodProperties>({
  type: 'AWS::ApiGateway::Method',
  mode: 'live',
  honoured: [
    ...['RestApiId', 'ResourceId', 'HttpMethod', 'AuthorizationType', 'ApiKeyRequired', 'OperationName'],
    ...['RequestParameters', 'RequestModels', 'RequestValidatorId', 'Integration', 'MethodResponses'],
    ...['AuthorizerId', 'AuthorizationScopes'],
  ],
  async create({ properties, invoke, uniqueName }) {
    try {
      await put(properties, invoke);
    } catch (error) {
      await gone(invoke('apigateway', 'DeleteMethod', address(properties))).catch(() => {});
      throw error;
    }
    return { physicalId: uniqueName(128), attributes: {} };
  },
  async update({ properties, invoke, physicalId, previousAttributes }) {
    // Stages serve their deployment's copy, so nobody sees the method away.
    await gone(invoke('apigateway', 'DeleteMethod', address(properties)));
    await put(properties, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  delete: ({ properties, invoke }) => gone(invoke('apigateway', 'DeleteMethod', address(properties))),
});
