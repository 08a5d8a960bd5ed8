/** What of an API is honoured, and what is refused by name. */

import type { CreateRestApiRequest } from '@aws-sdk/client-api-gateway';
import { isNestedDeeper } from '../../../core/nesting.ts';
import { PolicyError, parsePolicy } from '../../../iam/index.ts';
import { type AwsError, type ServiceEnvironment, thrownBy, unsupported } from '../../service.ts';
import { newId } from './context.ts';
import { badRequest } from './errors.ts';
import type { ApiRecord, ModelRecord } from './records.ts';
import { schemaCompiler } from './schema-compiler.ts';

export function* apiProblems(input: Partial<CreateRestApiRequest>): Generator<AwsError> {
  const { endpointConfiguration, minimumCompressionSize } = input;
  if (endpointConfiguration?.types?.includes('PRIVATE')) yield unsupported('private REST APIs');
  if (endpointConfiguration?.vpcEndpointIds?.length) yield unsupported('VPC endpoints of REST APIs');
  if (minimumCompressionSize !== undefined && minimumCompressionSize >= 0)
    yield unsupported('compression by API Gateway (minimumCompressionSize)');
  const { apiKeySource: source, policy } = input;
  if (source) yield* thrownBy(() => apiKeySource(source));
  yield* thrownBy(() => checkedPolicy(policy));
}

export function apiKeySource(value: string): ApiRecord['apiKeySource'] {
  if (value !== 'HEADER' && value !== 'AUTHORIZER') throw badRequest(`Invalid API Key source: ${value}`);
  return value;
}

/**
 * API Gateway's policies may name resources in short: `execute-api:/stage/GET/path`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function checkedPolicy(policy: string | undefined): string | undefined {
  if (!policy) return undefined;
  try {
    parsePolicy(policy.replaceAll(/"execute-api:\/([^"]*)"/g, '"arn:aws:execute-api:*:*:*/$1"'), 'resource');
  } catch (error) {
    if (error instanceof PolicyError) throw badRequest(`Invalid policy document. ${error.message}`);
    throw error;
  }
  return policy;
}

export function checkedSchema(schema: string | undefined): string {
  const text = schema || '{}';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badRequest(`Invalid model schema specified: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('Invalid model schema specified: it must be an object');
  if (isNestedDeeper(value, 200))
    throw badRequest('Invalid model schema specified: it is nested deeper than 200 levels');
  const compiler = schemaCompiler();
  // A draft 4 schema's own rules, e.g. that `required` is not empty.
  if (!compiler.validateSchema(value))
    throw badRequest(
      `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified. ${compiler.errorsText()}]`,
    );
  return text;
}

const schema = (title: string) =>
  `{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "${title} Schema",\n  "type" : "object"\n}`;

/** Every new API has these two. */
export const builtInModels = (env: ServiceEnvironment): ModelRecord[] => [
  {
    id: newId(env, 6),
    name: 'Empty',
    description: 'This is a default empty schema model',
    contentType: 'application/json',
    schema: schema('Empty'),
  },
  {
    id: newId(env, 6),
    name: 'Error',
    description: 'This is a default error schema model',
    contentType: 'application/json',
    schema:
      '{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}',
  },
];
