/** A deployment is a copy of the API as it stands. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html */
import { findApi, type GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';
import type { Snapshot } from './records.ts';

export function takeSnapshot(context: GatewayContext, apiId: string): Snapshot {
  const { records } = context;
  const api = findApi(context, apiId);
  const resources = [...records.resources.values({ prefix: apiId })];
  const methods = resources.flatMap((resource) => Object.values(resource.methods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => !method.methodIntegration))
    throw badRequest('No integration defined for method');
  return {
    api,
    resources,
    models: [...records.models.values({ prefix: apiId })],
    validators: [...records.validators.values({ prefix: apiId })],
    authorizers: [...records.authorizers.values({ prefix: apiId })],
    gatewayResponses: [...records.gatewayResponses.values({ prefix: apiId })],
  };
}
