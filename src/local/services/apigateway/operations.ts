/** Every operation of API Gateway (REST) that is supported. */
import type { AnyOperation } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { createApiKey } from './operations/create-api-key.ts';
import { createDeployment } from './operations/create-deployment.ts';
import { createModel } from './operations/create-model.ts';
import { createRequestValidator } from './operations/create-request-validator.ts';
import { createResource } from './operations/create-resource.ts';
import { createRestApi } from './operations/create-rest-api.ts';
import { createStage } from './operations/create-stage.ts';
import { createUsagePlan } from './operations/create-usage-plan.ts';
import { createUsagePlanKey } from './operations/create-usage-plan-key.ts';
import { deleteApiKey } from './operations/delete-api-key.ts';
import { deleteDeployment } from './operations/delete-deployment.ts';
import { deleteGatewayResponse } from './operations/delete-gateway-response.ts';
import { deleteIntegration } from './operations/delete-integration.ts';
import { deleteIntegrationResponse } from './operations/delete-integration-response.ts';
import { deleteMethod } from './operations/delete-method.ts';
import { deleteMethodResponse } from './operations/delete-method-response.ts';
import { deleteModel } from './operations/delete-model.ts';
import { deleteRequestValidator } from './operations/delete-request-validator.ts';
import { deleteResource } from './operations/delete-resource.ts';
import { deleteRestApi } from './operations/delete-rest-api.ts';
import { deleteStage } from './operations/delete-stage.ts';
import { deleteUsagePlan } from './operations/delete-usage-plan.ts';
import { deleteUsagePlanKey } from './operations/delete-usage-plan-key.ts';
import { getAccount } from './operations/get-account.ts';
import { getApiKey } from './operations/get-api-key.ts';
import { getApiKeys } from './operations/get-api-keys.ts';
import { getDeployment } from './operations/get-deployment.ts';
import { getDeployments } from './operations/get-deployments.ts';
import { getGatewayResponse } from './operations/get-gateway-response.ts';
import { getGatewayResponses } from './operations/get-gateway-responses.ts';
import { getIntegration } from './operations/get-integration.ts';
import { getIntegrationResponse } from './operations/get-integration-response.ts';
import { getMethod } from './operations/get-method.ts';
import { getMethodResponse } from './operations/get-method-response.ts';
import { getModel } from './operations/get-model.ts';
import { getModels } from './operations/get-models.ts';
import { getRequestValidator } from './operations/get-request-validator.ts';
import { getRequestValidators } from './operations/get-request-validators.ts';
import { getResource } from './operations/get-resource.ts';
import { getResources } from './operations/get-resources.ts';
import { getRestApi } from './operations/get-rest-api.ts';
import { getRestApis } from './operations/get-rest-apis.ts';
import { getStage } from './operations/get-stage.ts';
import { getStages } from './operations/get-stages.ts';
import { getTags } from './operations/get-tags.ts';
import { getUsagePlan } from './operations/get-usage-plan.ts';
import { getUsagePlanKey } from './operations/get-usage-plan-key.ts';
import { getUsagePlanKeys } from './operations/get-usage-plan-keys.ts';
import { getUsagePlans } from './operations/get-usage-plans.ts';
import { putGatewayResponse } from './operations/put-gateway-response.ts';
import { putIntegration } from './operations/put-integration.ts';
import { putIntegrationResponse } from './operations/put-integration-response.ts';
import { putMethod } from './operations/put-method.ts';
import { putMethodResponse } from './operations/put-method-response.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateAccount } from './operations/update-account.ts';
import { updateApiKey } from './operations/update-api-key.ts';
import { updateDeployment } from './operations/update-deployment.ts';
import { updateMethod } from './operations/update-method.ts';
import { updateModel } from './operations/update-model.ts';
import { updateRequestValidator } from './operations/update-request-validator.ts';
import { updateRestApi } from './operations/update-rest-api.ts';
import { updateStage } from './operations/update-stage.ts';
import { updateUsagePlan } from './operations/update-usage-plan.ts';

export const operations: readonly ((context: GatewayContext) => AnyOperation)[] = [
  createApiKey,
  createDeployment,
  createModel,
  createRequestValidator,
  createResource,
  createRestApi,
  createStage,
  createUsagePlan,
  createUsagePlanKey,
  deleteApiKey,
  deleteDeployment,
  deleteGatewayResponse,
  deleteIntegration,
  deleteIntegrationResponse,
  deleteMethod,
  deleteMethodResponse,
  deleteModel,
  deleteRequestValidator,
  deleteResource,
  deleteRestApi,
  deleteStage,
  deleteUsagePlan,
  deleteUsagePlanKey,
  getAccount,
  getApiKey,
  getApiKeys,
  getDeployment,
  getDeployments,
  getGatewayResponse,
  getGatewayResponses,
  getIntegration,
  getIntegrationResponse,
  getMethod,
  getMethodResponse,
  getModel,
  getModels,
  getRequestValidator,
  getRequestValidators,
  getResource,
  getResources,
  getRestApi,
  getRestApis,
  getStage,
  getStages,
  getTags,
  getUsagePlan,
  getUsagePlanKey,
  getUsagePlanKeys,
  getUsagePlans,
  putGatewayResponse,
  putIntegration,
  putIntegrationResponse,
  putMethod,
  putMethodResponse,
  tagResource,
  untagResource,
  updateAccount,
  updateApiKey,
  updateDeployment,
  updateMethod,
  updateModel,
  updateRequestValidator,
  updateRestApi,
  updateStage,
  updateUsagePlan,
];
