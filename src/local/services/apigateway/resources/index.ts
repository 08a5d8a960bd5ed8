/** Every AWS::ApiGateway type that is supported. Domain names and documentation are not. */
import type { ResourceType } from '../../../service.ts';
import { account } from './account.ts';
import { apiKey } from './api-key.ts';
import { authorizer } from './authorizer.ts';
import { deployment } from './deployment.ts';
import { gatewayResponse } from './gateway-response.ts';
import { method } from './method.ts';
import { model } from './model.ts';
import { requestValidator } from './request-validator.ts';
import { resource } from './resource.ts';
import { restApi } from './rest-api.ts';
import { stage } from './stage.ts';
import { usagePlan } from './usage-plan.ts';
import { usagePlanKey } from './usage-plan-key.ts';

export const resourceTypes: readonly ResourceType[] = [
  account,
  apiKey,
  authorizer,
  deployment,
  gatewayResponse,
  method,
  model,
  requestValidator,
  resource,
  restApi,
  stage,
  usagePlan,
  usagePlanKey,
];
