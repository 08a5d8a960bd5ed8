/** What of a method is honoured, and what is refused by name. */
import type { PutMethodRequest } from '@aws-sdk/client-api-gateway';
import { unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'];

export function checkHttpMethod(method: string): void {
  if (!methods.includes(method))
    throw badRequest(`Invalid HttpMethod specified. Valid options are ${methods.join(',')}`);
}

export function refuseMethodFeatures(
  input: Pick<PutMethodRequest, 'authorizationType'> & Partial<PutMethodRequest>,
): void {
  if (input.authorizationType !== 'NONE')
    throw unsupported(`methods with the authorization type ${input.authorizationType}; NONE is supported`);
  if (input.authorizerId) throw unsupported('authorizers of REST APIs');
  if (input.authorizationScopes?.length) throw unsupported('authorization scopes of REST APIs');
}

const parameter = /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.(.+)$/;

export function checkReferences(
  { records }: GatewayContext,
  input: {
    readonly restApiId?: string | undefined;
    readonly requestParameters?: Record<string, boolean> | undefined;
    readonly requestModels?: Record<string, string> | undefined;
    readonly requestValidatorId?: string | undefined;
  },
): void {
  const apiId = input.restApiId ?? '';
  for (const name of Object.keys(input.requestParameters ?? {}))
    if (!parameter.test(name))
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`,
      );
  for (const model of Object.values(input.requestModels ?? {}))
    if (!records.models.has([apiId, model])) throw badRequest(`Invalid model identifier specified: ${model}`);
  const { requestValidatorId } = input;
  if (requestValidatorId && !records.validators.has([apiId, requestValidatorId]))
    throw badRequest('Invalid Request Validator identifier specified');
}
