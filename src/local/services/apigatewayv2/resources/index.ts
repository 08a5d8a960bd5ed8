/** Every AWS::ApiGatewayV2 type that is live. Those of WebSocket APIs and VPC links are not. */
import type { ResourceType } from '../../../service.ts';
import { api } from './api.ts';
import { authorizer } from './authorizer.ts';
import { deployment } from './deployment.ts';
import { integration } from './integration.ts';
import { route } from './route.ts';
import { stage } from './stage.ts';

export const resourceTypes: readonly ResourceType[] = [
  api,
  authorizer,
  deployment,
  integration,
  route,
  stage,
];
