/** What of a method is honoured, and what is refused by name. */
import type { PutMethodRequest } from '@aws-sdk/client-api-gateway';
import { type AwsError, unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';

const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'ANY'];

export function* methodProblems(
  input: Pick<PutMethodRequest, 'authorizationType'> & Partial<PutMethodRequest>,
): Generator<AwsError> {
  const { authorizationType: type = 'NONE' } = input;
  if (type === 'COGNITO_USER_POOLS')
    yield unsupported('methods with the authorization type COGNITO_USER_POOLS');
  else if (!['NONE', 'AWS_IAM', 'CUSTOM'].includes(type))
    yield badRequest(
      'Invalid authorization type specified. Valid options are NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS',
    );
  if (type === 'CUSTOM' && !input.authorizerId)
    yield badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  if (input.authorizationScopes?.length) yield unsupported('authorization scopes of REST APIs');
  if (input.httpMethod !== undefined && !methods.includes(input.httpMethod))
    yield badRequest(`Invalid HttpMethod specified. Valid options are ${methods.join(',')}`);
  for (const name of Object.keys(input.requestParameters ?? {}))
    if (!parameter.test(name))
      yield badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`,
      );
}

const parameter = /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.(.+)$/;

export function checkReferences(
  { records }: GatewayContext,
  input: {
    readonly restApiId?: string | undefined;
    readonly requestModels?: Record<string, string> | undefined;
    readonly requestValidatorId?: string | undefined;
    readonly authorizationType?: string | undefined;
    readonly authorizerId?: string | undefined;
  },
): void {
  const apiId = input.restApiId ?? '';
  for (const model of Object.values(input.requestModels ?? {}))
    if (!records.models.has([apiId, model])) throw badRequest(`Invalid model identifier specified: ${model}`);
  const { requestValidatorId, authorizationType, authorizerId } = input;
  if (authorizationType === 'CUSTOM' && !records.authorizers.has([apiId, authorizerId ?? '']))
    throw badRequest(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
  if (requestValidatorId && !records.validators.has([apiId, requestValidatorId]))
    throw badRequest('Invalid Request Validator identifier specified');
}
