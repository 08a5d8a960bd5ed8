/** A REST API as an OpenAPI document describes it, in the words of API Gateway's own operations. */
import type {
  CreateAuthorizerRequest,
  CreateModelRequest,
  CreateRequestValidatorRequest,
  PutGatewayResponseRequest,
  PutIntegrationRequest,
  PutIntegrationResponseRequest,
  PutMethodRequest,
  PutMethodResponseRequest,
} from '@aws-sdk/client-api-gateway';

type Without<T, K extends string> = Omit<T, 'restApiId' | K>;

export interface MethodDefinition {
  /** `/pets/{id}` */
  readonly path: string;
  readonly method: Without<PutMethodRequest, 'resourceId' | 'authorizerId' | 'requestValidatorId'>;
  /** By the names that the document gives them. */
  readonly authorizer: string | undefined;
  readonly validator: string | undefined;
  readonly responses: readonly Without<PutMethodResponseRequest, 'resourceId' | 'httpMethod'>[];
  readonly integration: Without<PutIntegrationRequest, 'resourceId' | 'httpMethod'> | undefined;
  readonly integrationResponses: readonly Without<
    PutIntegrationResponseRequest,
    'resourceId' | 'httpMethod'
  >[];
}

export interface ApiDefinition {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly binaryMediaTypes: readonly string[] | undefined;
  readonly apiKeySource: string | undefined;
  readonly policy: string | undefined;
  readonly minimumCompressionSize: number | undefined;
  readonly disableExecuteApiEndpoint: boolean | undefined;
  readonly paths: readonly string[];
  readonly methods: readonly MethodDefinition[];
  readonly models: readonly Without<CreateModelRequest, never>[];
  readonly validators: readonly Without<CreateRequestValidatorRequest, never>[];
  readonly authorizers: readonly Without<CreateAuthorizerRequest, never>[];
  readonly gatewayResponses: readonly Without<PutGatewayResponseRequest, never>[];
}
