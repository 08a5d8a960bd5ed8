import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let api: APIGatewayClient;
let restApiId: string;
let rootId: string;
let base: string;

const echo = `exports.handler = async (event) => ({
  statusCode: 201,
  headers: { 'X-From': 'function' },
  multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
  body: JSON.stringify(event),
});`;

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${cloud.accountId}:function:${name}/invocations`;

async function resource(parentId: string, pathPart: string): Promise<string> {
  return (await api.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id ?? '';
}

async function proxy(resourceId: string, httpMethod: string, name: string, more: object = {}): Promise<void> {
  const at = { restApiId, resourceId, httpMethod };
  await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', ...more }));
  await api.send(
    new PutIntegrationCommand({ ...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uri(name) }),
  );
}

beforeAll(async () => {
  cloud = await testCloud();
  api = new APIGatewayClient(cloud.client());
  functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
  const made = await api.send(new CreateRestApiCommand({ name: 'test' }));
  restApiId = made.id ?? '';
  rootId = made.rootResourceId ?? '';
  base = `${cloud.endpoint}/_aws/execute-api/${restApiId}/dev`;
  await functions.create('echo', { 'index.js': echo });
  await functions.client.send(
    new AddPermissionCommand({
      FunctionName: 'echo',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:us-east-1:${cloud.accountId}:${restApiId}/*/*/jobs*`,
    }),
  );
  const jobs = await resource(rootId, 'jobs');
  const job = await resource(jobs, '{job_id}');
  const validator = await api.send(
    new CreateRequestValidatorCommand({
      restApiId,
      name: 'all',
      validateRequestBody: true,
      validateRequestParameters: true,
    }),
  );
  await api.send(
    new CreateModelCommand({
      restApiId,
      name: 'Job',
      contentType: 'application/json',
      schema: JSON.stringify({
        $schema: 'http://json-schema.org/draft-04/schema#',
        type: 'object',
        required: ['walls'],
        properties: {
          walls: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['type', 'start', 'end'],
              properties: { type: { enum: ['line'] }, start: { type: 'array', items: { type: 'number' } } },
            },
          },
        },
      }),
    }),
  );
  await proxy(jobs, 'POST', 'echo', {
    requestValidatorId: validator.id,
    requestModels: { 'application/json': 'Job' },
  });
  await proxy(job, 'GET', 'echo');
  await proxy(await resource(rootId, 'forbidden'), 'GET', 'echo');
  const options = { restApiId, resourceId: jobs, httpMethod: 'OPTIONS' };
  const header = 'method.response.header.Access-Control-Allow-Origin';
  await api.send(new PutMethodCommand({ ...options, authorizationType: 'NONE' }));
  await api.send(
    new PutMethodResponseCommand({ ...options, statusCode: '204', responseParameters: { [header]: true } }),
  );
  await api.send(
    new PutIntegrationCommand({
      ...options,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{ statusCode: 200 }' },
    }),
  );
  await api.send(
    new PutIntegrationResponseCommand({
      ...options,
      statusCode: '204',
      responseParameters: { [header]: "'https://page.example'" },
      responseTemplates: {
        'application/json': [
          '#set($origin = $input.params().header.get("Origin"))',
          '#if($origin == "")',
          '  #set($origin = $input.params().header.get("origin"))',
          '#end',
          '#if($origin == "https://a.example" || $origin == "https://b.example")',
          '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
          '#end',
        ].join('\n'),
      },
    }),
  );
  await api.send(
    new PutGatewayResponseCommand({
      restApiId,
      responseType: 'BAD_REQUEST_BODY',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://page.example'" },
      responseTemplates: {
        'application/json':
          '{"message":$context.error.messageString,"error":"$context.error.validationErrorString"}',
      },
    }),
  );
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
});
afterAll(() => cloud.dispose());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/jobs`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

describe('a Lambda proxy integration', () => {
  it('hands the function AWS’s event and gives its answer back', async () => {
    const answer = await fetch(`${base}/jobs/job_1?a=1&a=2`);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-from')).toBe('function');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await answer.json()).toMatchObject({
      resource: '/jobs/{job_id}',
      path: '/jobs/job_1',
      httpMethod: 'GET',
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      pathParameters: { job_id: 'job_1' },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        apiId: restApiId,
        stage: 'dev',
        path: '/dev/jobs/job_1',
        resourcePath: '/jobs/{job_id}',
        accountId: cloud.accountId,
        identity: { sourceIp: '127.0.0.1', accountId: null },
      },
    });
  });

  it('is refused with 500 when the function’s policy does not let the method in', async () => {
    const answer = await fetch(`${base}/forbidden`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal server error' });
  });
});
