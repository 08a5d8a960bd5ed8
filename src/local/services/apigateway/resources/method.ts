import type {
  ConnectionType,
  ContentHandlingStrategy,
  IntegrationType,
  ResponseTransferMode,
} from '@aws-sdk/client-api-gateway';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface IntegrationProperties {
  readonly Type: IntegrationType;
  readonly IntegrationHttpMethod?: string;
  readonly Uri?: string;
  readonly Credentials?: string;
  readonly ConnectionType?: ConnectionType;
  readonly ConnectionId?: string;
  readonly ContentHandling?: ContentHandlingStrategy;
  readonly PassthroughBehavior?: string;
  readonly RequestParameters?: Readonly<Record<string, string>>;
  readonly RequestTemplates?: Readonly<Record<string, string>>;
  readonly TimeoutInMillis?: number;
  readonly CacheKeyParameters?: string[];
  readonly CacheNamespace?: string;
  readonly ResponseTransferMode?: ResponseTransferMode;
  readonly IntegrationTarget?: string;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string;
    readonly SelectionPattern?: string;
    readonly ContentHandling?: ContentHandlingStrategy;
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
  readonly AuthorizationScopes?: string[];
  readonly ApiKeyRequired?: boolean;
  readonly OperationName?: string;
  readonly RequestParameters?: Readonly<Record<string, boolean | string>>;
  readonly RequestModels?: Readonly<Record<string, string>>;
  readonly RequestValidatorId?: string;
  readonly Integration?: IntegrationProperties;
  readonly MethodResponses?: readonly {
    readonly StatusCode: string;
    readonly ResponseParameters?: Readonly<Record<string, boolean | string>>;
    readonly ResponseModels?: Readonly<Record<string, string>>;
  }[];
}

const address = (p: MethodProperties) => ({
  restApiId: p.RestApiId,
  resourceId: p.ResourceId,
  httpMethod: p.HttpMethod,
});

/** Flags in maps may be text: the specification of the type allows both. */
const flags = (map: Readonly<Record<string, boolean | string>> | undefined) =>
  map && Object.fromEntries(Object.entries(map).map(([key, value]) => [key, String(value) === 'true']));

const putMethod = (p: MethodProperties, invoke: Invoke) =>
  invoke('apigateway', 'PutMethod', {
    ...address(p),
    authorizationType: p.AuthorizationType ?? 'NONE',
    authorizerId: p.AuthorizerId,
    authorizationScopes: p.AuthorizationScopes,
    apiKeyRequired: p.ApiKeyRequired,
    operationName: p.OperationName,
    requestParameters: flags(p.RequestParameters),
    requestModels: p.RequestModels,
    requestValidatorId: p.RequestValidatorId,
  });

async function putResponsesAndIntegration(p: MethodProperties, invoke: Invoke): Promise<void> {
  const method = address(p);
  for (const response of p.MethodResponses ?? [])
    await invoke('apigateway', 'PutMethodResponse', {
      ...method,
      statusCode: response.StatusCode,
      responseParameters: flags(response.ResponseParameters),
      responseModels: response.ResponseModels,
    });
  const { Integration: integration } = p;
  if (!integration) return;
  await invoke('apigateway', 'PutIntegration', {
    ...method,
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
    timeoutInMillis: integration.TimeoutInMillis,
    cacheKeyParameters: integration.CacheKeyParameters,
    cacheNamespace: integration.CacheNamespace,
    responseTransferMode: integration.ResponseTransferMode,
    integrationTarget: integration.IntegrationTarget,
  });
  // A proxy integration's answer is the function's own; AWS keeps these and does not use them.
  for (const response of integration.IntegrationResponses ?? [])
    await invoke('apigateway', 'PutIntegrationResponse', {
      ...method,
      statusCode: response.StatusCode,
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
    // One that is there already is refused, and stays.
    await putMethod(properties, invoke);
    try {
      await putResponsesAndIntegration(properties, invoke);
    } catch (error) {
      await invoke('apigateway', 'DeleteMethod', address(properties)).catch(() => {});
      throw error;
    }
    return { physicalId: uniqueName(128), attributes: {} };
  },
  async update({ properties, invoke, physicalId, previousAttributes }) {
    // Stages serve their deployment's copy, so nobody sees the method away.
    await ignoring(invoke('apigateway', 'DeleteMethod', address(properties)), 'NotFoundException');
    await putMethod(properties, invoke);
    await putResponsesAndIntegration(properties, invoke);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['NotFoundException'],
  async delete({ properties, invoke }) {
    await invoke('apigateway', 'DeleteMethod', address(properties));
  },
});
