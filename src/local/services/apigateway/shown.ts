/** Records as AWS shows them. */
import type {
  ApiKey,
  Deployment,
  Method,
  Model,
  RequestValidator,
  Resource,
  RestApi,
  Stage,
  UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type {
  ApiKeyRecord,
  ApiRecord,
  DeploymentRecord,
  MethodRecord,
  ModelRecord,
  ResourceRecord,
  StageRecord,
  UsagePlanRecord,
  ValidatorRecord,
} from './records.ts';

const some = (tags: Readonly<Record<string, string>>) =>
  Object.keys(tags).length > 0 ? { ...tags } : undefined;

export const shownApi = (api: ApiRecord): RestApi => ({
  id: api.id,
  name: api.name,
  description: api.description,
  version: api.version,
  createdDate: new Date(api.createdAt),
  binaryMediaTypes: api.binaryMediaTypes.length > 0 ? [...api.binaryMediaTypes] : undefined,
  apiKeySource: api.apiKeySource,
  endpointConfiguration: {
    types: [...api.endpointTypes] as NonNullable<RestApi['endpointConfiguration']>['types'],
    ipAddressType: (api.ipAddressType ?? 'ipv4') as 'ipv4',
  },
  policy: api.policy,
  tags: some(api.tags),
  disableExecuteApiEndpoint: api.disableExecuteApiEndpoint,
  rootResourceId: api.rootResourceId,
});

export const shownMethod = (method: MethodRecord): Method => method;

export const shownResource = (resource: ResourceRecord, withMethods: boolean): Resource => ({
  id: resource.id,
  parentId: resource.parentId,
  pathPart: resource.parentId === undefined ? undefined : resource.pathPart,
  path: resource.path,
  resourceMethods:
    Object.keys(resource.methods).length > 0
      ? Object.fromEntries(
          Object.entries(resource.methods).map(([name, method]) => [
            name,
            withMethods ? shownMethod(method) : {},
          ]),
        )
      : undefined,
});

export const shownModel = (model: ModelRecord): Model => ({ ...model });

export const shownValidator = (validator: ValidatorRecord): RequestValidator => ({ ...validator });

export const shownDeployment = (deployment: DeploymentRecord): Deployment => ({
  id: deployment.id,
  description: deployment.description,
  createdDate: new Date(deployment.createdAt),
});

export const shownStage = (stage: StageRecord): Stage => ({
  stageName: stage.name,
  deploymentId: stage.deploymentId,
  description: stage.description,
  cacheClusterEnabled: false,
  cacheClusterStatus: 'NOT_AVAILABLE',
  methodSettings: { ...stage.methodSettings },
  variables: some(stage.variables),
  accessLogSettings: stage.accessLog,
  tracingEnabled: stage.tracingEnabled,
  documentationVersion: stage.documentationVersion,
  tags: some(stage.tags),
  createdDate: new Date(stage.createdAt),
  lastUpdatedDate: new Date(stage.updatedAt),
});

export const shownApiKey = (
  key: ApiKeyRecord,
  stageKeys: readonly string[],
  includeValue: boolean,
): ApiKey => ({
  id: key.id,
  name: key.name,
  description: key.description,
  value: includeValue ? key.value : undefined,
  enabled: key.enabled,
  customerId: key.customerId,
  stageKeys: [...stageKeys],
  tags: some(key.tags),
  createdDate: new Date(key.createdAt),
  lastUpdatedDate: new Date(key.updatedAt),
});

export const shownUsagePlan = (plan: UsagePlanRecord): UsagePlan => ({
  id: plan.id,
  name: plan.name,
  description: plan.description,
  apiStages: plan.stages.map(({ apiId, stage }) => ({ apiId, stage })),
  throttle: plan.throttle,
  quota: plan.quota,
  productCode: plan.productCode,
  tags: some(plan.tags),
});
