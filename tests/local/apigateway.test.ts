import { request } from 'node:http';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
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
  fetch(`${base}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

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

  it('hands the function the names of headers as they were sent, and those it adds in its own case', async () => {
    const sent = { 'X-CaSe': 'kept', lower: 'kept', Twice: ['a', 'b'], 'X-Forwarded-For': '10.0.0.1' };
    const event = await new Promise<{ headers: object; multiValueHeaders: object }>((resolve, reject) => {
      request(`${base}/jobs/job_1`, { headers: sent }, async (incoming) => {
        let body = '';
        for await (const chunk of incoming) body += String(chunk);
        resolve(JSON.parse(body));
      })
        .on('error', reject)
        .end();
    });
    expect(event.headers).toMatchObject({
      'X-CaSe': 'kept',
      lower: 'kept',
      Twice: 'b',
      'X-Forwarded-For': '10.0.0.1, 127.0.0.1',
      'X-Forwarded-Proto': 'https',
    });
    expect(event.multiValueHeaders).toMatchObject({ Twice: ['a', 'b'] });
  });

  it('is refused with 500 when the function’s policy does not let the method in', async () => {
    const answer = await fetch(`${base}/forbidden`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: 'Internal server error' });
  });
});

describe('request validation', () => {
  const refusal = async (body: string) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://page.example');
    return (await answer.json()) as { message: string; error: string };
  };

  it('names the missing property in the words of AWS’s validator', async () => {
    expect(await refusal('{}')).toEqual({
      message: 'Invalid request body',
      error: '[object has missing required properties (["walls"])]',
    });
    expect((await refusal('{"walls":[{"type":"line","start":[0,0]}]}')).error).toBe(
      '[object has missing required properties (["end"])]',
    );
  });

  it('names wrong types, lengths and values', async () => {
    expect((await refusal('{"walls":"x"}')).error).toBe(
      '[instance type (string) does not match any allowed primitive type (allowed: ["array"])]',
    );
    expect((await refusal('{"walls":[{"type":"arc","start":["x"],"end":[]}]}')).error).toBe(
      '[instance value ("arc") not found in enum (possible values: ["line"]), instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])]',
    );
    expect((await refusal('{"walls":[]}')).error).toBe(
      '[array is too short: must have at least 1 elements but instance has 0 elements]',
    );
  });

  it('refuses what is not JSON, and an empty body', async () => {
    expect((await refusal('{"walls":[NaN]}')).error).toContain('not valid JSON');
    expect((await refusal('')).error).toContain('empty');
  });

  it('lets a content type without a model through', async () => {
    expect((await post('free text', { 'content-type': 'text/plain' })).status).toBe(201);
  });
});

describe('answers of the gateway itself', () => {
  it('are 403 for paths and methods that do not exist', async () => {
    for (const answer of [
      await fetch(`${base}/nowhere`),
      await fetch(`${base}/jobs`, { method: 'DELETE' }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
      expect(await answer.json()).toEqual({ message: 'Missing Authentication Token' });
    }
    const stage = await fetch(`${cloud.endpoint}/_aws/execute-api/${restApiId}/nostage/jobs`);
    expect([stage.status, await stage.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  it('are 413 beyond 10 MB, and when Lambda’s 6 MB are exceeded', async () => {
    const plain = { 'content-type': 'text/plain' };
    expect((await post('x'.repeat(11 * 1024 * 1024), plain)).status).toBe(413);
    expect((await post('x'.repeat(7 * 1024 * 1024), plain)).status).toBe(413);
  });
});

describe('a MOCK integration', () => {
  const preflight = (origin: string) =>
    fetch(`${base}/jobs`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('answers preflights as the CDK writes them, one origin or several', async () => {
    const other = await preflight('https://elsewhere.example');
    expect(other.status).toBe(204);
    expect(other.headers.get('access-control-allow-origin')).toBe('https://page.example');
    const second = await preflight('https://b.example');
    expect(second.headers.get('access-control-allow-origin')).toBe('https://b.example');
  });
});

describe('what a function answers', () => {
  it('is 502 when it failed or is out of form', async () => {
    await functions.create('bad', {
      'index.js': `exports.handler = async ({ body }) => {
        if (body === 'throw') throw new Error('no');
        return JSON.parse(body);
      };`,
    });
    await functions.client.send(
      new AddPermissionCommand({
        FunctionName: 'bad',
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    await proxy(await resource(rootId, '{proxy+}'), 'ANY', 'bad');
    await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const status = async (body: string) => (await fetch(`${base}/any/where`, { method: 'PUT', body })).status;
    expect(await status('throw')).toBe(502);
    expect(await status('"text"')).toBe(502);
    expect(await status('{"statusCode":200,"body":{}}')).toBe(502);
    expect(await status('{"statusCode":200,"cookies":[]}')).toBe(502);
    expect(await status('{"statusCode":"204"}')).toBe(204);
  });

  it('is 504 when it comes too late', async () => {
    await functions.create('late', {
      'index.js':
        'exports.handler = () => new Promise((done) => setTimeout(done, 400, { statusCode: 200 }));',
    });
    await functions.client.send(
      new AddPermissionCommand({
        FunctionName: 'late',
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
      }),
    );
    const at = { restApiId, resourceId: await resource(rootId, 'late'), httpMethod: 'GET' };
    await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }));
    await api.send(
      new PutIntegrationCommand({
        ...at,
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri: uri('late'),
        timeoutInMillis: 50,
      }),
    );
    await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const answer = await fetch(`${base}/late`);
    expect([answer.status, await answer.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });
});

describe('API keys and usage plans', () => {
  const host = () => ({ 'x-api-key': value });
  let value: string;
  let planId: string | undefined;

  it('refuse callers without a key, and limit its holder by rate and quota', async () => {
    const id = await resource(rootId, 'locked');
    await api.send(
      new PutMethodCommand({
        restApiId,
        resourceId: id,
        httpMethod: 'GET',
        authorizationType: 'NONE',
        apiKeyRequired: true,
      }),
    );
    await api.send(
      new PutIntegrationCommand({
        restApiId,
        resourceId: id,
        httpMethod: 'GET',
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
      }),
    );
    await api.send(
      new PutMethodResponseCommand({ restApiId, resourceId: id, httpMethod: 'GET', statusCode: '200' }),
    );
    await api.send(
      new PutIntegrationResponseCommand({ restApiId, resourceId: id, httpMethod: 'GET', statusCode: '200' }),
    );
    await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
    const key = await api.send(new CreateApiKeyCommand({ name: 'tester', enabled: true }));
    value = key.value ?? '';
    const get = async (headers: Record<string, string> = {}) => {
      const answer = await fetch(`${base}/locked`, { headers });
      return [
        answer.status,
        answer.status === 200 ? undefined : ((await answer.json()) as { message: string }).message,
      ];
    };
    expect(await get()).toEqual([403, 'Forbidden']);
    expect(await get(host())).toEqual([403, 'Forbidden']);
    const plan = await api.send(
      new CreateUsagePlanCommand({
        name: 'plan',
        apiStages: [{ apiId: restApiId, stage: 'dev' }],
        throttle: { rateLimit: 0.01, burstLimit: 2 },
        quota: { limit: 3, period: 'DAY' },
      }),
    );
    planId = plan.id;
    await api.send(new CreateUsagePlanKeyCommand({ usagePlanId: planId, keyId: key.id, keyType: 'API_KEY' }));
    expect([await get(host()), await get(host())]).toEqual([
      [200, undefined],
      [200, undefined],
    ]);
    expect(await get(host())).toEqual([429, 'Too Many Requests']);
    await cloud.clock.advance(250_000);
    expect(await get(host())).toEqual([200, undefined]);
    expect(await get(host())).toEqual([429, 'Limit Exceeded']);
    await cloud.clock.advance(86_400_000);
    expect(await get(host())).toEqual([200, undefined]);
  });
});

describe('API Gateway', () => {
  it('serves by host name too, and the same after a restart', async () => {
    const { stateDirectory } = cloud;
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      request(
        {
          port: cloud.port,
          host: '127.0.0.1',
          path: '/dev/jobs/job_2',
          headers: { host: `${restApiId}.execute-api.us-east-1.amazonaws.com` },
        },
        async (incoming) => {
          let body = '';
          for await (const chunk of incoming) body += String(chunk);
          resolve({ status: incoming.statusCode, body });
        },
      )
        .on('error', reject)
        .end();
    });
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body)).toMatchObject({ pathParameters: { job_id: 'job_2' } });
  });

  it('needs the account’s role for logs before a stage may log', async () => {
    api = new APIGatewayClient(cloud.client());
    const stage = { restApiId, stageName: 'dev' };
    const patch = (path: string, value: string) =>
      api.send(new UpdateStageCommand({ ...stage, patchOperations: [{ op: 'replace', path, value }] }));
    const refused = {
      name: 'BadRequestException',
      message: 'CloudWatch Logs role ARN must be set in account settings to enable logging',
    };
    await expect(patch('/*/*/logging/loglevel', 'INFO')).rejects.toMatchObject(refused);
    await expect(
      patch('/accessLogSettings/destinationArn', 'arn:aws:logs:us-east-1:000000000000:log-group:g'),
    ).rejects.toMatchObject(refused);
    await patch('/*/*/logging/loglevel', 'OFF');
    await patch('/*/*/metrics/enabled', 'true');
  });

  it('changes media types one by one, and lets no variable part stand beside another', async () => {
    const patch = async (op: 'add' | 'replace' | 'remove', type: string, value?: string) =>
      (
        await api.send(
          new UpdateRestApiCommand({
            restApiId,
            patchOperations: [{ op, path: `/binaryMediaTypes/${type.replace('/', '~1')}`, value }],
          }),
        )
      ).binaryMediaTypes;
    await patch('add', 'image/png');
    await patch('add', 'image/jpeg');
    expect(await patch('replace', 'image/png', 'image/gif')).toEqual(['image/jpeg', 'image/gif']);
    expect(await patch('remove', 'image/gif')).toEqual(['image/jpeg']);
    const parent = await resource(rootId, 'greedy');
    await resource(parent, '{proxy+}');
    await expect(resource(parent, '{one}')).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('already has a variable path part -- only one is allowed'),
    });
  });

  it('answers at no address when its endpoint is disabled', async () => {
    const disable = (value: string) =>
      api.send(
        new UpdateRestApiCommand({
          restApiId,
          patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value }],
        }),
      );
    const get = async () =>
      (await fetch(`${cloud.endpoint}/_aws/execute-api/${restApiId}/dev/jobs/job_1`)).status;
    await disable('true');
    expect(await get()).toBe(403);
    await disable('false');
    expect(await get()).toBe(201);
  });

  it('takes no tags that are longer than AWS allows', async () => {
    const create = api.send(new CreateRestApiCommand({ name: 'tagged', tags: { ['k'.repeat(129)]: 'v' } }));
    await expect(create).rejects.toMatchObject({ name: 'BadRequestException' });
  });

  it('refuses by name what it does not do', async () => {
    const refused = { name: 'NotImplemented' };
    const at = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    await expect(
      api.send(new PutMethodCommand({ ...at, authorizationType: 'COGNITO_USER_POOLS' })),
    ).rejects.toMatchObject(refused);
    await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }));
    await expect(
      api.send(
        new PutIntegrationCommand({
          ...at,
          type: 'HTTP_PROXY',
          integrationHttpMethod: 'GET',
          uri: 'https://example.com',
          connectionType: 'VPC_LINK',
        }),
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      api.send(
        new PutIntegrationCommand({
          ...at,
          type: 'MOCK',
          requestTemplates: { 'application/json': '#macro(x)$input.body#end' },
        }),
      ),
    ).rejects.toMatchObject({ ...refused, message: expect.stringContaining('#macro') });
  });
});
