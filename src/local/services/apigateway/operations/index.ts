/** Every operation of API Gateway (REST) that is supported. */
import type { AnyOperation } from '../../../service.ts';
import type { GatewayContext } from '../context.ts';
import { createApiKey } from './create-api-key.ts';
import { createDeployment } from './create-deployment.ts';
import { createModel } from './create-model.ts';
import { createRequestValidator } from './create-request-validator.ts';
import { createResource } from './create-resource.ts';
import { createRestApi } from './create-rest-api.ts';
import { createStage } from './create-stage.ts';
import { createUsagePlan } from './create-usage-plan.ts';
import { createUsagePlanKey } from './create-usage-plan-key.ts';
import { deleteApiKey } from './delete-api-key.ts';
import { deleteDeployment } from './delete-deployment.ts';
import { deleteGatewayResponse } from './delete-gateway-response.ts';
import { deleteIntegration } from './delete-integration.ts';
import { deleteIntegrationResponse } from './delete-integration-response.ts';
import { deleteMethod } from './delete-method.ts';
import { deleteMethodResponse } from './delete-method-response.ts';
import { deleteModel } from './delete-model.ts';
import { deleteRequestValidator } from './delete-request-validator.ts';
import { deleteResource } from './delete-resource.ts';
import { deleteRestApi } from './delete-rest-api.ts';
import { deleteStage } from './delete-stage.ts';
import { deleteUsagePlan } from './delete-usage-plan.ts';
import { deleteUsagePlanKey } from './delete-usage-plan-key.ts';
import { getAccount } from './get-account.ts';
import { getApiKey } from './get-api-key.ts';
import { getApiKeys } from './get-api-keys.ts';
import { getDeployment } from './get-deployment.ts';
import { getDeployments } from './get-deployments.ts';
import { getGatewayResponse } from './get-gateway-response.ts';
import { getGatewayResponses } from './get-gateway-responses.ts';
import { getIntegration } from './get-integration.ts';
import { getIntegrationResponse } from './get-integration-response.ts';
import { getMethod } from './get-method.ts';
import { getMethodResponse } from './get-method-response.ts';
import { getModel } from './get-model.ts';
import { getModels } from './get-models.ts';
import { getRequestValidator } from './get-request-validator.ts';
import { getRequestValidators } from './get-request-validators.ts';
import { getResource } from './get-resource.ts';
import { getResources } from './get-resources.ts';
import { getRestApi } from './get-rest-api.ts';
import { getRestApis } from './get-rest-apis.ts';
import { getStage } from './get-stage.ts';
import { getStages } from './get-stages.ts';
import { getTags } from './get-tags.ts';
import { getUsagePlan } from './get-usage-plan.ts';
import { getUsagePlanKey } from './get-usage-plan-key.ts';
import { getUsagePlanKeys } from './get-usage-plan-keys.ts';
import { getUsagePlans } from './get-usage-plans.ts';
import { putGatewayResponse } from './put-gateway-response.ts';
import { putIntegration } from './put-integration.ts';
import { putIntegrationResponse } from './put-integration-response.ts';
import { putMethod } from './put-method.ts';
import { putMethodResponse } from './put-method-response.ts';
import { tagResource } from './tag-resource.ts';
import { untagResource } from './untag-resource.ts';
import { updateAccount } from './update-account.ts';
import { updateApiKey } from './update-api-key.ts';
import { updateDeployment } from './update-deployment.ts';
import { updateMethod } from './update-method.ts';
import { updateModel } from './update-model.ts';
import { updateRequestValidator } from './update-request-validator.ts';
import { updateRestApi } from './update-rest-api.ts';
import { updateStage } from './update-stage.ts';
import { updateUsagePlan } from './update-usage-plan.ts';

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
