/** What of an authorizer may be set. */
import type { CreateAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import type { AwsError } from '../../service.ts';
import { isLoopback } from './data-plane/loopback.ts';
import { badRequest } from './errors.ts';
import { functionOf } from './integration-features.ts';

const source = /^\$(?:request\.(?:header|querystring)|context|stageVariables)\.[\w.-]+$/;

/** Given the whole authorizer, whether it is made or changed. */
export function* authorizerProblems(input: Partial<CreateAuthorizerRequest>): Generator<AwsError> {
  const { AuthorizerType: type, IdentitySource: sources = [] } = input;
  for (const one of sources)
    if (!source.test(one)) yield badRequest(`Identity source for ${type} authorizer is invalid: ${one}`);
  if (type === 'JWT') yield* jwtProblems(input);
  else if (type === 'REQUEST') yield* lambdaProblems(input);
  else
    yield badRequest(
      `Invalid authorizer type specified: ${type}. HTTP APIs support JWT and REQUEST authorizers`,
    );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function* jwtProblems({ JwtConfiguration, IdentitySource = [] }: Partial<CreateAuthorizerRequest>) {
  const { Issuer = '', Audience = [] } = JwtConfiguration ?? {};
  let issuer: URL | undefined;
  try {
    issuer = new URL(Issuer);
  } catch {
    // Said below.
  }
  // AWS takes https only; an issuer on this machine may have no certificate.
  if (!issuer || (issuer.protocol !== 'https:' && !isLoopback(issuer.hostname)))
    yield badRequest(`Invalid issuer: ${Issuer}. It must be a well-formed https URL`);
  if (Audience.length === 0) yield badRequest('Audience must not be empty');
  if (IdentitySource.length !== 1) yield badRequest('JWT authorizers require exactly one identity source');
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function* lambdaProblems(input: Partial<CreateAuthorizerRequest>) {
  const {
    AuthorizerUri = '',
    AuthorizerPayloadFormatVersion: format,
    AuthorizerResultTtlInSeconds: ttl = 0,
  } = input;
  if (functionOf(AuthorizerUri.replaceAll(/\$\{stageVariables\.\w+\}/g, 'x')) === undefined)
    yield badRequest(`Invalid Authorizer URI: ${AuthorizerUri}`);
  if (format !== '1.0' && format !== '2.0')
    yield badRequest(
      'AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer: 1.0 or 2.0',
    );
  if (input.EnableSimpleResponses && format === '1.0')
    yield badRequest('Simple responses are supported with AuthorizerPayloadFormatVersion 2.0 only');
  if (ttl < 0 || ttl > 3600) yield badRequest('AuthorizerResultTtlInSeconds must be between 0 and 3600');
  if (ttl > 0 && !input.IdentitySource?.length)
    yield badRequest('IdentitySource is required when caching is enabled');
}
