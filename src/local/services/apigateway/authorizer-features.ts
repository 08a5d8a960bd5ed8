/**
 * What of an authorizer is honoured: Lambda functions by token or by request. User pools of Cognito are refused by name.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html
 */
import type { CreateAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import { isRoleArn } from '../../../core/arn.ts';
import { compileJavaPattern } from '../../../core/java-pattern.ts';
import { type AwsError, unsupported } from '../../service.ts';
import { badRequest } from './errors.ts';
import { lambdaUri } from './integration-features.ts';
import type { AuthorizerRecord } from './records.ts';

const tokenSource = /^method\.request\.header\.[^\s,]+$/;
const requestSource =
  /^(?:method\.request\.(?:header|querystring)\.[^\s,]+|context\.[\w.]+|stageVariables\.\w+)$/;
const longestTtl = 3600;
const usualTtl = 300;

export const identitySources = (text: string | undefined): readonly string[] =>
  text ? text.split(',').map((one) => one.trim()) : [];

export function* authorizerProblems(input: Partial<CreateAuthorizerRequest>): Generator<AwsError> {
  const { type, identitySource, identityValidationExpression: expression } = input;
  const ttl = input.authorizerResultTtlInSeconds ?? usualTtl;
  if (type === 'COGNITO_USER_POOLS') yield unsupported('authorizers of the type COGNITO_USER_POOLS');
  if (!lambdaUri.test(input.authorizerUri ?? '') && type !== 'COGNITO_USER_POOLS')
    yield badRequest(
      `Invalid Authorizer URI: ${input.authorizerUri ?? ''}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  if (input.authorizerCredentials && !isRoleArn(input.authorizerCredentials))
    yield badRequest(`Invalid ARN specified in the request: ${input.authorizerCredentials}`);
  if (ttl < 0 || ttl > longestTtl)
    yield badRequest(`Authorizer result TTL must be between 0 and ${longestTtl} seconds`);
  const sources = identitySources(identitySource);
  if (type === 'TOKEN' && (sources.length !== 1 || !tokenSource.test(sources[0] ?? '')))
    yield badRequest(
      'Invalid mapping expression specified: an authorizer of the type TOKEN has one request header as its identity source',
    );
  if (type === 'REQUEST') {
    if (sources.length === 0 && ttl > 0)
      yield badRequest(
        'Identity source is required for an authorizer of the type REQUEST whose results are cached',
      );
    for (const source of sources)
      if (!requestSource.test(source)) yield badRequest(`Invalid mapping expression specified: ${source}`);
  }
  const pattern = expression ? compileJavaPattern(expression) : undefined;
  if (pattern && !pattern.ok) yield unsupported(`an identityValidationExpression that ${pattern.reason}`);
}

export const authorizerOf = (id: string, input: CreateAuthorizerRequest): AuthorizerRecord => ({
  id,
  name: input.name ?? '',
  type: input.type === 'REQUEST' ? 'REQUEST' : 'TOKEN',
  authType: input.authType,
  authorizerUri: input.authorizerUri ?? '',
  authorizerCredentials: input.authorizerCredentials,
  identitySource: input.identitySource,
  identityValidationExpression: input.identityValidationExpression,
  authorizerResultTtlInSeconds: input.authorizerResultTtlInSeconds ?? usualTtl,
});
