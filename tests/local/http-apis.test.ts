/** HTTP APIs through the front door: a stack, requests to it, and who may make them. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  GetDeploymentsCommand,
  GetRoutesCommand,
  GetStageCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { signHeaders } from './signing.ts';

let cloud: TestCloud;
let stacks: Deployer;
let gateway: ApiGatewayV2Client;
let backend: Server;
let backendUrl: string;
let outputs: Record<string, string>;

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(claims: object, header: object = {}): string {
  const text = `${part({ alg: 'RS256', kid: 'one', ...header })}.${part({
    iss: backendUrl,
    aud: 'app',
    exp: Math.floor(Date.now() / 1000) + 600,
    ...claims,
  })}`;
  return `${text}.${sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')}`;
}

/** An issuer's documents, and a backend that answers what it was asked. */
function answer(url: string, asked: object): object {
  if (url === '/.well-known/openid-configuration') return { jwks_uri: `${backendUrl}/keys` };
  if (url === '/keys') return { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one' }] };
  return asked;
}

const role = (service: string, ...statements: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'own',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }, ...statements],
        },
      },
    ],
  },
});
const code = `exports.handler = async (event) => {
  if (event.routeKey === 'GET /broken') throw new Error('no');
  if (event.routeKey === 'GET /inferred') return { plain: true };
  return {
    statusCode: 200,
    cookies: ['a=1', 'b=2'],
    headers: { 'x-own': 'yes', 'access-control-allow-origin': 'https://other.example' },
    body: JSON.stringify(event),
  };
};
exports.authorize = async (event) => ({
  isAuthorized: event.headers['x-key'] === 'good',
  context: { seen: String(Math.random()), number: 7 },
});
exports.policy = async (event) => ({
  principalId: 'me',
  policyDocument: { Version: '2012-10-17', Statement: [
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: event.methodArn.replace(/\\/GET\\/.*/, '/GET/policy/allowed') },
  ] },
  context: {},
});`;
const lambda = (handler: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs20.x',
    Handler: `index.${handler}`,
    Role: { 'Fn::GetAtt': ['FunctionRole', 'Arn'] },
    Code: { ZipFile: code },
  },
});
const api = { ApiId: { Ref: 'Api' } };
const route = (RouteKey: string, integration: string, more: object = {}) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ...api, RouteKey, Target: { 'Fn::Sub': `integrations/\${${integration}}` }, ...more },
});
const permission = (fn: string, source: string) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { Ref: fn },
    Principal: 'apigateway.amazonaws.com',
    SourceArn: { 'Fn::Sub': `arn:aws:execute-api:us-east-1:\${AWS::AccountId}:\${Api}/${source}` },
  },
});
const uri = (fn: string) => ({
  'Fn::Sub': `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`,
});

const template = (url: string) => ({
  Resources: {
    FunctionRole: role('lambda.amazonaws.com'),
    Function: lambda('handler'),
    Authorize: lambda('authorize'),
    Policy: lambda('policy'),
    Queue: { Type: 'AWS::SQS::Queue' },
    Logs: { Type: 'AWS::Logs::LogGroup' },
    GatewayRole: role('apigateway.amazonaws.com', {
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    }),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'test',
        ProtocolType: 'HTTP',
        CorsConfiguration: { AllowOrigins: ['https://app.example'], AllowMethods: ['GET'], MaxAge: 60 },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ...api,
        StageName: '$default',
        AutoDeploy: true,
        StageVariables: { colour: 'blue' },
        RouteSettings: { 'GET /slow': { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 } },
        AccessLogSettings: {
          DestinationArn: { 'Fn::GetAtt': ['Logs', 'Arn'] },
          Format: '{"id":"$context.requestId","route":"$context.routeKey","status":"$context.status"}',
        },
      },
    },
    Lambda2: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...api,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Function', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Lambda1: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...api,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: uri('Function'),
        PayloadFormatVersion: '1.0',
      },
    },
    Send: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...api,
        IntegrationType: 'AWS_PROXY',
        IntegrationSubtype: 'SQS-SendMessage',
        PayloadFormatVersion: '1.0',
        CredentialsArn: { 'Fn::GetAtt': ['GatewayRole', 'Arn'] },
        RequestParameters: { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body.text' },
      },
    },
    Http: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...api,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: `${url}/base/{proxy}`,
        PayloadFormatVersion: '1.0',
        RequestParameters: {
          'overwrite:header.x-colour': '$stageVariables.colour',
          'append:querystring.from': '$request.path.proxy',
          'remove:header.x-secret': "''",
        },
        ResponseParameters: {
          '200': {
            ResponseParameters: [
              { Destination: 'overwrite:statuscode', Source: '203' },
              { Destination: 'append:header.x-mapped', Source: '$response.body.method' },
            ],
          },
        },
      },
    },
    Jwt: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ...api,
        Name: 'jwt',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: url, Audience: ['app'] },
      },
    },
    Simple: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ...api,
        Name: 'simple',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: uri('Authorize'),
        AuthorizerPayloadFormatVersion: '2.0',
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 300,
        IdentitySource: ['$request.header.X-Key'],
      },
    },
    ByPolicy: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ...api,
        Name: 'policy',
        AuthorizerType: 'REQUEST',
        AuthorizerUri: uri('Policy'),
        AuthorizerPayloadFormatVersion: '1.0',
        AuthorizerResultTtlInSeconds: 300,
        IdentitySource: ['$request.header.X-Key'],
      },
    },
    Static: route('GET /pets/dog', 'Lambda2'),
    One: route('GET /pets/{id}', 'Lambda2'),
    Rest: route('ANY /pets/{proxy+}', 'Lambda2'),
    Old: route('POST /old/{id}', 'Lambda1'),
    Broken: route('GET /broken', 'Lambda2'),
    Inferred: route('GET /inferred', 'Lambda2'),
    Slow: route('GET /slow', 'Lambda2'),
    Unpermitted: route('GET /unpermitted', 'Lambda2'),
    Queued: route('POST /messages', 'Send'),
    Proxied: route('ANY /proxy/{proxy+}', 'Http'),
    Iam: route('GET /signed', 'Lambda2', { AuthorizationType: 'AWS_IAM' }),
    Token: route('GET /token', 'Lambda2', {
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Jwt' },
      AuthorizationScopes: ['read'],
    }),
    Checked: route('GET /checked', 'Lambda2', {
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: 'Simple' },
    }),
    Policied: route('GET /policy/{what}', 'Lambda2', {
      AuthorizationType: 'CUSTOM',
      AuthorizerId: { Ref: 'ByPolicy' },
    }),
    MayPets: permission('Function', '*/*/pets/*'),
    MayOld: permission('Function', '$default/POST/old/{id}'),
    MayBroken: permission('Function', '*/*/broken'),
    MayInferred: permission('Function', '*/*/inferred'),
    MaySlow: permission('Function', '*/*/slow'),
    MayToken: permission('Function', '*/*/token'),
    MaySigned: permission('Function', '*/*/signed'),
    MayChecked: permission('Function', '*/*/checked'),
    MayPolicied: permission('Function', '*/*/policy/*'),
    MayAuthorize: permission('Authorize', 'authorizers/${Simple}'),
    MayPolicy: permission('Policy', 'authorizers/${ByPolicy}'),
  },
  Outputs: {
    Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } },
    ApiId: { Value: { Ref: 'Api' } },
    QueueUrl: { Value: { Ref: 'Queue' } },
    Logs: { Value: { Ref: 'Logs' } },
    Http: { Value: { Ref: 'Http' } },
    MayChecked: { Value: { Ref: 'MayChecked' } },
  },
});

beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  gateway = new ApiGatewayV2Client(cloud.client());
  backend = createServer((request, response) => {
    const asked = { method: request.method, url: request.url, headers: request.headers };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer(request.url ?? '', asked)));
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  backendUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const stack = await stacks.create('http', template(backendUrl), { Capabilities: ['CAPABILITY_IAM'] });
  if (stack.StackStatus !== 'CREATE_COMPLETE') throw new Error((await stacks.story('http')).join('\n'));
  outputs = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}, 120_000);
afterAll(async () => {
  await cloud.dispose();
  backend.close();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${cloud.endpoint}/_aws/execute-api/${outputs.ApiId}${path}`, init);
const json = async <T = Record<string, unknown>>(response: Response) => (await response.json()) as T;

describe('routes of an HTTP API', () => {
  it('take what names the path best, then variables, then greedy ones', async () => {
    const seen = await Promise.all(
      ['/pets/dog', '/pets/cat', '/pets/cat/tail'].map(async (path) => json(await ask(path))),
    );
    expect(seen.map(({ routeKey }) => routeKey)).toEqual([
      'GET /pets/dog',
      'GET /pets/{id}',
      'ANY /pets/{proxy+}',
    ]);
    expect(seen[2]?.pathParameters).toEqual({ proxy: 'cat/tail' });
    expect((await json(await ask('/pets/cat', { method: 'DELETE' }))).routeKey).toBe('ANY /pets/{proxy+}');
  });

  it('answer 404 when none fits', async () => {
    const response = await ask('/nothing');
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  it('hand over format 2.0: cookies, joined values, the decoded path', async () => {
    const response = await ask('/pets/a%20b?x=1&x=2&y=%20', { headers: { cookie: 'c=1; d=2' } });
    expect(await json(response)).toMatchObject({
      version: '2.0',
      rawPath: '/pets/a b',
      rawQueryString: 'x=1&x=2&y=%20',
      cookies: ['c=1', 'd=2'],
      queryStringParameters: { x: '1,2', y: ' ' },
      pathParameters: { id: 'a b' },
      stageVariables: { colour: 'blue' },
      requestContext: { stage: '$default', http: { method: 'GET', path: '/pets/a b' } },
    });
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('apigw-requestid')).toBeTruthy();
  });

  it('hand over format 1.0, bytes in base64', async () => {
    const response = await ask('/old/7?x=1&x=2', {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from([1, 2]),
    });
    expect(await json(response)).toMatchObject({
      version: '1.0',
      resource: '/old/{id}',
      multiValueQueryStringParameters: { x: ['1', '2'] },
      body: 'AQI=',
      isBase64Encoded: true,
    });
  });

  it('infer the answer of what has no status code, and hide errors of functions', async () => {
    expect(await json(await ask('/inferred'))).toEqual({ plain: true });
    const broken = await ask('/broken');
    expect([broken.status, await broken.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('need a permission of the function that names the route', async () => {
    expect((await ask('/unpermitted')).status).toBe(500);
  });

  it('are throttled by their own settings', async () => {
    expect([(await ask('/slow')).status, (await ask('/slow')).status]).toEqual([200, 429]);
  });

  it('send messages with the role of the integration', async () => {
    const sent = await ask('/messages', { method: 'POST', body: '{"text":"hello"}' });
    expect([sent.status, (await sent.text()).includes('<SendMessageResponse')]).toEqual([200, true]);
    const queue = new SQSClient(cloud.client());
    const { Messages } = await queue.send(new ReceiveMessageCommand({ QueueUrl: outputs.QueueUrl }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['hello']);
  });

  it('map parameters of requests and answers of a backend', async () => {
    const response = await ask('/proxy/a/b?q=1', { headers: { 'x-secret': 's' } });
    const asked = await json<{ url: string; headers: Record<string, string> }>(response);
    expect(response.status).toBe(203);
    expect(response.headers.get('x-mapped')).toBe('GET');
    expect(asked.url).toBe('/base/a/b?q=1&from=a%2Fb');
    expect(asked.headers['x-colour']).toBe('blue');
    expect(asked.headers['x-secret']).toBeUndefined();
  });

  it('answer preflights without a route, and with the origins of the configuration only', async () => {
    const origin = 'https://app.example';
    const preflight = await ask('/anything', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-max-age')).toBe('60');
    const own = await ask('/pets/dog', { headers: { origin } });
    expect(own.headers.get('access-control-allow-origin')).toBe(origin);
    const other = await ask('/pets/dog', { headers: { origin: 'https://other.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('authorization of an HTTP API', () => {
  const bearer = (claims: object, header: object = {}) => ({
    headers: { authorization: `Bearer ${token(claims, header)}` },
  });

  it('takes tokens of the issuer with a scope of the route', async () => {
    const response = await ask('/token', bearer({ scope: 'read write', sub: 'me' }));
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      requestContext: { authorizer: { jwt: { claims: { sub: 'me', aud: 'app' }, scopes: ['read'] } } },
    });
  });

  it.each([
    ['none', {}],
    ['of another audience', () => bearer({ aud: 'other', scope: 'read' })],
    ['expired', () => bearer({ exp: 1, scope: 'read' })],
    ['of another issuer', () => bearer({ iss: 'https://other.example', scope: 'read' })],
    ['of an unknown key', () => bearer({ scope: 'read' }, { kid: 'two' })],
    ['without a signature', () => bearer({ scope: 'read' }, { alg: 'none' })],
    ['signed as HMAC', () => bearer({ scope: 'read' }, { alg: 'HS256' })],
  ])('answers 401 to a token %s', async (_, init) => {
    const response = await ask('/token', typeof init === 'function' ? init() : init);
    expect([response.status, await response.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('answers 403 to a token without the scope', async () => {
    expect((await ask('/token', bearer({ scope: 'write' }))).status).toBe(403);
  });

  it('asks a function simply, and keeps its answer by the identity', async () => {
    const good = { headers: { 'x-key': 'good' } };
    interface Seen {
      readonly requestContext: { readonly authorizer: { readonly lambda: Record<string, unknown> } };
    }
    const seen = async () => json<Seen>(await ask('/checked', good));
    const first = (await seen()).requestContext.authorizer.lambda;
    expect(first.number).toBe(7);
    expect((await seen()).requestContext.authorizer.lambda).toEqual(first);
    expect((await ask('/checked', { headers: { 'x-key': 'bad' } })).status).toBe(403);
    expect((await ask('/checked')).status).toBe(401);
  });

  it('holds a policy that is kept to each path', async () => {
    const init = { headers: { 'x-key': 'k' } };
    expect((await ask('/policy/allowed', init)).status).toBe(200);
    expect((await ask('/policy/other', init)).status).toBe(403);
  });

  it('wants a signature for AWS_IAM', async () => {
    const response = await ask('/signed');
    expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
    const { host, pathname: path } = new URL(`${cloud.endpoint}/_aws/execute-api/${outputs.ApiId}/signed`);
    const draft = { method: 'GET', path, service: 'execute-api' } as const;
    const signed = signHeaders(draft, host, cloud.credentials);
    const allowed = await fetch(`${cloud.endpoint}${signed.path}`, { headers: signed.headers });
    expect(allowed.status).toBe(200);
    expect(await allowed.json()).toMatchObject({
      requestContext: { authorizer: { iam: { accountId: cloud.accountId } } },
    });
  });
});

describe('stages of an HTTP API', () => {
  it('write access logs that name the route', async () => {
    await ask('/inferred');
    const logs = new CloudWatchLogsClient(cloud.client());
    await expect
      .poll(
        async () => {
          const { events = [] } = await logs.send(
            new FilterLogEventsCommand({ logGroupName: outputs.Logs, filterPattern: '"GET /inferred"' }),
          );
          return events.some(({ message }) => message?.includes('"status":"200"'));
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  });

  it('serve a change at once with AutoDeploy, and not before a deployment without', async () => {
    const ApiId = outputs.ApiId;
    const at = { ApiId, StageName: '$default' };
    const { DeploymentId } = await gateway.send(new GetStageCommand(at));
    expect(DeploymentId).toBeDefined();
    await gateway.send(new UpdateStageCommand({ ...at, AutoDeploy: false }));
    const Target = `integrations/${outputs.Http}`;
    await gateway.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /late', Target }));
    expect((await ask('/late')).status).toBe(404);
    await gateway.send(new UpdateStageCommand({ ...at, AutoDeploy: true }));
    expect((await ask('/late')).status).toBe(203);
    const { Items = [] } = await gateway.send(new GetDeploymentsCommand({ ApiId }));
    expect(Items.every(({ AutoDeployed }) => AutoDeployed)).toBe(true);
  });

  it('are made with an API that names a target', async () => {
    const made = await gateway.send(
      new CreateApiCommand({ Name: 'quick', ProtocolType: 'HTTP', Target: `${backendUrl}/quick` }),
    );
    expect(made.ApiEndpoint).toBe(`https://${made.ApiId}.execute-api.us-east-1.amazonaws.com`);
    const { Items } = await gateway.send(new GetRoutesCommand({ ApiId: made.ApiId }));
    expect(Items).toMatchObject([{ RouteKey: '$default', ApiGatewayManaged: true }]);
    const response = await fetch(`${cloud.endpoint}/_aws/execute-api/${made.ApiId}/x?y=1`);
    expect(await response.json()).toMatchObject({ url: '/quick/x?y=1' });
  });
});

describe('an HTTP API as an OpenAPI document', () => {
  const document = (path: string, url: string) => ({
    openapi: '3.0.1',
    info: { title: 'imported', version: '1.2' },
    'x-amazon-apigateway-cors': { allowOrigins: ['https://app.example'] },
    paths: {
      [path]: {
        get: {
          operationId: 'one',
          security: [{ own: ['read'] }],
          'x-amazon-apigateway-integration': {
            $ref: '#/components/x-amazon-apigateway-integrations/backend',
          },
        },
      },
      '/$default': {
        'x-amazon-apigateway-any-method': {
          'x-amazon-apigateway-integration': {
            type: 'http_proxy',
            httpMethod: 'ANY',
            uri: `${url}/rest`,
            payloadFormatVersion: '1.0',
          },
        },
      },
    },
    components: {
      securitySchemes: {
        own: {
          type: 'oauth2',
          'x-amazon-apigateway-authorizer': {
            type: 'jwt',
            identitySource: '$request.header.Authorization',
            jwtConfiguration: { issuer: url, audience: ['app'] },
          },
        },
      },
      'x-amazon-apigateway-integrations': {
        backend: {
          type: 'HTTP_PROXY',
          httpMethod: 'GET',
          uri: `${url}/one/{id}`,
          payloadFormatVersion: '1.0',
        },
      },
    },
  });
  const stack = (path: string) => ({
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: document(path, backendUrl) } },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ...api, StageName: 'live', AutoDeploy: true },
      },
    },
    Outputs: {
      ApiId: { Value: { Ref: 'Api' } },
      Arn: { Value: { 'Fn::GetAtt': ['Api', 'ExecuteApiArn'] } },
    },
  });

  it('has its routes, authorizers and integrations, and takes those of an update', async () => {
    const made = await stacks.create('imported', stack('/things/{id}'));
    expect(made.StackStatus, (await stacks.story('imported')).join('\n')).toBe('CREATE_COMPLETE');
    const id = made.Outputs?.find(({ OutputKey }) => OutputKey === 'ApiId')?.OutputValue;
    expect(made.Outputs?.find(({ OutputKey }) => OutputKey === 'Arn')?.OutputValue).toBe(
      `arn:aws:execute-api:us-east-1:${cloud.accountId}:${id}`,
    );
    const get = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${cloud.endpoint}/_aws/execute-api/${id}/live${path}`, { headers });
    const authorization = `Bearer ${token({ scope: 'read' })}`;
    expect((await get('/things/5')).status).toBe(401);
    expect(await (await get('/things/5', { authorization })).json()).toMatchObject({ url: '/one/5' });
    expect(await (await get('/else')).json()).toMatchObject({ url: '/rest/else' });
    await stacks.update('imported', stack('/renamed/{id}'));
    expect(await (await get('/things/5')).json()).toMatchObject({ url: '/rest/things/5' });
    expect((await get('/renamed/5')).status).toBe(401);
  });
});

describe('the API of HTTP APIs', () => {
  it('refuses WebSocket APIs, links and unknown subtypes by name, and keys that are taken', async () => {
    const ApiId = outputs.ApiId;
    await expect(
      gateway.send(new CreateApiCommand({ Name: 'ws', ProtocolType: 'WEBSOCKET' })),
    ).rejects.toThrow(/WebSocket APIs/);
    await expect(
      gateway.send(
        new CreateIntegrationCommand({
          ApiId,
          IntegrationType: 'AWS_PROXY',
          IntegrationSubtype: 'Kinesis-PutRecord',
        }),
      ),
    ).rejects.toThrow(/Kinesis-PutRecord/);
    await expect(
      gateway.send(
        new CreateIntegrationCommand({
          ApiId,
          IntegrationType: 'HTTP_PROXY',
          IntegrationMethod: 'ANY',
          IntegrationUri: 'https://x.example',
          ConnectionType: 'VPC_LINK',
          ConnectionId: 'link',
        }),
      ),
    ).rejects.toThrow(/VPC links/);
    await expect(
      gateway.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /pets/dog' })),
    ).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it('stops calling a function whose permission is gone', async () => {
    const lambdas = new LambdaClient(cloud.client());
    const resource = await stacks.resource('http', 'Function');
    await lambdas.send(
      new RemovePermissionCommand({
        FunctionName: resource?.PhysicalResourceId,
        StatementId: outputs.MayChecked,
      }),
    );
    expect((await ask('/checked', { headers: { 'x-key': 'good' } })).status).toBe(500);
  });
});
