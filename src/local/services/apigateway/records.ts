/** What the API Gateway service keeps: the API as it is edited, and the snapshots that stages serve. */
import type {
  GatewayResponse,
  Integration,
  Method,
  MethodSetting,
  QuotaSettings,
  ThrottleSettings,
} from '@aws-sdk/client-api-gateway';
import type { Collection, Store } from '../../store/store.ts';

export interface ApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly createdAt: number;
  readonly binaryMediaTypes: readonly string[];
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  readonly endpointTypes: readonly string[];
  readonly ipAddressType?: string;
  readonly policy?: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly rootResourceId: string;
  readonly tags: Readonly<Record<string, string>>;
}

export type IntegrationRecord = Omit<Integration, 'httpMethod'> & { readonly httpMethod?: string };
export type MethodRecord = Omit<Method, 'methodIntegration'> & {
  readonly httpMethod: string;
  readonly methodIntegration?: IntegrationRecord;
};

export interface ResourceRecord {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart: string;
  readonly path: string;
  readonly methods: Readonly<Record<string, MethodRecord>>;
}

export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly contentType: string;
  readonly schema: string;
}

export interface ValidatorRecord {
  readonly id: string;
  readonly name?: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface AuthorizerRecord {
  readonly id: string;
  readonly name: string;
  readonly type: 'TOKEN' | 'REQUEST';
  readonly authType?: string | undefined;
  readonly authorizerUri: string;
  readonly authorizerCredentials?: string | undefined;
  readonly identitySource?: string | undefined;
  readonly identityValidationExpression?: string | undefined;
  readonly authorizerResultTtlInSeconds: number;
}

export type GatewayResponseRecord = GatewayResponse & { readonly responseType: string };

export interface DeploymentRecord {
  readonly id: string;
  readonly description?: string;
  readonly createdAt: number;
}

/** An API as it was when it was deployed: what a stage serves. */
export interface Snapshot {
  readonly api: ApiRecord;
  readonly resources: readonly ResourceRecord[];
  readonly models: readonly ModelRecord[];
  readonly validators: readonly ValidatorRecord[];
  readonly gatewayResponses: readonly GatewayResponseRecord[];
  /** Absent in what was deployed before there were any. */
  readonly authorizers?: readonly AuthorizerRecord[];
}

export interface StageRecord {
  readonly name: string;
  readonly deploymentId: string;
  readonly description?: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly methodSettings: Readonly<Record<string, MethodSetting>>;
  readonly accessLog?: { readonly destinationArn?: string; readonly format?: string };
  readonly tracingEnabled: boolean;
  readonly documentationVersion?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ApiKeyRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly value: string;
  readonly enabled: boolean;
  readonly customerId?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface UsagePlanRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly stages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly throttle?: ThrottleSettings;
  readonly quota?: QuotaSettings;
  readonly productCode?: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface AccountRecord {
  readonly cloudwatchRoleArn?: string;
}

export interface GatewayRecords {
  readonly apis: Collection<ApiRecord>;
  /** [api, resource] and so on. */
  readonly resources: Collection<ResourceRecord>;
  readonly models: Collection<ModelRecord>;
  readonly validators: Collection<ValidatorRecord>;
  readonly gatewayResponses: Collection<GatewayResponseRecord>;
  readonly authorizers: Collection<AuthorizerRecord>;
  readonly deployments: Collection<DeploymentRecord>;
  readonly snapshots: Collection<Snapshot>;
  readonly stages: Collection<StageRecord>;
  readonly apiKeys: Collection<ApiKeyRecord>;
  readonly usagePlans: Collection<UsagePlanRecord>;
  /** [plan, key] */
  readonly usagePlanKeys: Collection<true>;
  /** [plan, key, first ms of the period] → requests */
  readonly usage: Collection<number>;
  readonly account: Collection<AccountRecord>;
}

export const openRecords = (store: Store): GatewayRecords => ({
  apis: store.collection('apigateway/apis'),
  resources: store.collection('apigateway/resources'),
  models: store.collection('apigateway/models'),
  validators: store.collection('apigateway/validators'),
  gatewayResponses: store.collection('apigateway/gateway-responses'),
  authorizers: store.collection('apigateway/authorizers'),
  deployments: store.collection('apigateway/deployments'),
  snapshots: store.collection('apigateway/snapshots'),
  stages: store.collection('apigateway/stages'),
  apiKeys: store.collection('apigateway/api-keys'),
  usagePlans: store.collection('apigateway/usage-plans'),
  usagePlanKeys: store.collection('apigateway/usage-plan-keys'),
  usage: store.collection('apigateway/usage'),
  account: store.collection('apigateway/account'),
});
