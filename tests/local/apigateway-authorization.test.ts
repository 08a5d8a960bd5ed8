/** Who may call a method: Lambda authorizers, and signatures with AWS_IAM. */
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteAuthorizerCommand,
  GetAuthorizersCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';
import { signHeaders } from './signing.ts';

let cloud: TestCloud;
let functions: Functions;
let api: APIGatewayClient;
let restApiId: string;
let rootId: string;
let base: string;
const authorizers: Record<string, string> = {};

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${cloud.accountId}:function:${name}/invocations`;

/** Its answer follows from the token: who it is, what it may; `calls` counts invocations of this environment. */
const judge = `let calls = 0;
exports.handler = async (event) => {
  const token = event.authorizationToken ?? event.headers?.token ?? '';
  if (token === 'nobody') throw new Error('Unauthorized');
  if (token === 'broken') throw new Error('no database');
  if (token === 'shapeless') return { principalId: 7 };
  if (token === 'nested') return { principalId: 'x', policyDocument: { Version: '2012-10-17', Statement: [] }, context: { a: {} } };
  calls++;
  const [who, effect = 'Allow', resource = '*'] = token.split(' ');
  return {
    principalId: who,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }] },
    context: { calls, plan: 'gold', arn: event.methodArn, type: event.type, query: JSON.stringify(event.queryStringParameters ?? null) },
    usageIdentifierKey: who === 'keyed' ? 'the-key-of-the-plan-0123456789' : undefined,
  };
};`;

async function resource(pathPart: string): Promise<string> {
  return (await api.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart }))).id ?? '';
}

async function method(pathPart: string, name: string, more: object): Promise<void> {
  const at = { restApiId, resourceId: await resource(pathPart), httpMethod: 'GET' };
  await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE', ...more }));
  await api.send(
    new PutIntegrationCommand({ ...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uri(name) }),
  );
}

const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${base}/${path}`, { headers });
  const body = (await answer.json()) as {
    authorizer: Record<string, string>;
    identity: Record<string, string>;
  };
  return { status: answer.status, type: answer.headers.get('x-amzn-errortype'), body };
};

beforeAll(async () => {
  cloud = await testCloud();
  api = new APIGatewayClient(cloud.client());
  functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
  const made = await api.send(new CreateRestApiCommand({ name: 'guarded', apiKeySource: 'AUTHORIZER' }));
  restApiId = made.id ?? '';
  rootId = made.rootResourceId ?? '';
  base = `${cloud.endpoint}/_aws/execute-api/${restApiId}/dev`;
  await functions.create('judge', { 'index.js': judge });
  await functions.create('echo', {
    'index.js':
      'exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext) });',
  });
  for (const [name, path] of [
    ['judge', 'authorizers/*'],
    ['echo', '*/GET/*'],
  ] as const)
    await functions.client.send(
      new AddPermissionCommand({
        FunctionName: name,
        StatementId: 'api',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:us-east-1:${cloud.accountId}:${restApiId}/${path}`,
      }),
    );
  const common = { restApiId, authorizerUri: uri('judge') };
  for (const one of [
    {
      name: 'token',
      type: 'TOKEN',
      identitySource: 'method.request.header.Authorization',
      identityValidationExpression: '[a-z]+.*',
      authorizerResultTtlInSeconds: 60,
    },
    {
      name: 'request',
      type: 'REQUEST',
      identitySource: 'method.request.header.Token, method.request.querystring.tenant',
      authorizerResultTtlInSeconds: 0,
    },
  ] as const)
    authorizers[one.name] = (await api.send(new CreateAuthorizerCommand({ ...common, ...one }))).id ?? '';
  await method('token', 'echo', { authorizationType: 'CUSTOM', authorizerId: authorizers.token });
  await method('request', 'echo', { authorizationType: 'CUSTOM', authorizerId: authorizers.request });
  await method('keyed', 'echo', {
    authorizationType: 'CUSTOM',
    authorizerId: authorizers.token,
    apiKeyRequired: true,
  });
  await method('signed', 'echo', { authorizationType: 'AWS_IAM' });
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
});

afterAll(() => cloud?.dispose());

describe('a Lambda authorizer', () => {
  it('by token: its context reaches the function, and its answer is kept by the token', async () => {
    const first = await get('token', { authorization: 'ada' });
    expect(first.status).toBe(200);
    expect(first.body.authorizer).toMatchObject({
      principalId: 'ada',
      plan: 'gold',
      type: 'TOKEN',
      arn: `arn:aws:execute-api:us-east-1:${cloud.accountId}:${restApiId}/dev/GET/token`,
      integrationLatency: expect.any(Number),
    });
    const { calls } = first.body.authorizer;
    expect((await get('token', { authorization: 'ada' })).body.authorizer.calls).toBe(calls);
    expect((await get('token', { authorization: 'bob' })).body.authorizer.principalId).toBe('bob');
    await cloud.clock.advance(61_000);
    expect((await get('token', { authorization: 'ada' })).body.authorizer.calls).not.toBe(calls);
  });

  it.each([
    [undefined, 401, { message: 'Unauthorized' }],
    ['123', 401, { message: 'Unauthorized' }],
    ['nobody', 401, { message: 'Unauthorized' }],
    ['eve Deny', 403, { message: 'User is not authorized to access this resource with an explicit deny' }],
    [
      'eve Allow arn:aws:execute-api:*:*:*/dev/GET/other',
      403,
      { message: 'User is not authorized to access this resource' },
    ],
    ['broken', 500, { message: null }],
    ['shapeless', 500, { message: null }],
    ['nested', 500, { message: null }],
  ])('answers the token %s with %i', async (authorization, status, body) => {
    const answer = await get('token', authorization === undefined ? {} : { authorization });
    expect(answer).toMatchObject({ status, body });
  });

  it('by request: wants all of its identity sources, and sees the request', async () => {
    expect((await get('request', { token: 'ada' })).status).toBe(401);
    const answer = await get('request?tenant=t1', { token: 'ada' });
    expect(answer.body.authorizer).toMatchObject({ type: 'REQUEST', query: '{"tenant":"t1"}' });
    const again = await get('request?tenant=t1', { token: 'ada' });
    expect(Number(again.body.authorizer.calls)).toBeGreaterThan(Number(answer.body.authorizer.calls));
  });

  it('says which key of a usage plan the caller has', async () => {
    const key = await api.send(
      new CreateApiKeyCommand({ name: 'k', enabled: true, value: 'the-key-of-the-plan-0123456789' }),
    );
    const plan = await api.send(
      new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: restApiId, stage: 'dev' }] }),
    );
    await api.send(
      new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }),
    );
    expect((await get('keyed', { authorization: 'keyed' })).body.identity.apiKeyId).toBe(key.id);
    expect(
      (await get('keyed', { authorization: 'ada', 'x-api-key': 'the-key-of-the-plan-0123456789' })).status,
    ).toBe(403);
  });

  it('is listed, changed, and not deleted while a method has it', async () => {
    const { items } = await api.send(new GetAuthorizersCommand({ restApiId }));
    expect(items?.map(({ name }) => name).sort()).toEqual(['request', 'token']);
    await expect(
      api.send(
        new UpdateAuthorizerCommand({
          restApiId,
          authorizerId: authorizers.token,
          patchOperations: [{ op: 'replace', path: '/authorizerResultTtlInSeconds', value: '4000' }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(
      api.send(new DeleteAuthorizerCommand({ restApiId, authorizerId: authorizers.token })),
    ).rejects.toMatchObject({ name: 'ConflictException' });
    await expect(
      api.send(new CreateAuthorizerCommand({ restApiId, name: 'pool', type: 'COGNITO_USER_POOLS' })),
    ).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('COGNITO_USER_POOLS'),
    });
  });
});

describe('a method with AWS_IAM', () => {
  it('asks for a signature, and holds the caller to its policies', async () => {
    expect(await get('signed')).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: 'caller' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'caller' }));
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const { host, pathname } = new URL(`${base}/signed`);
    const call = (credentials = keys) => {
      const draft = {
        method: 'GET',
        path: pathname,
        query: [
          ['b', '2'],
          ['a', '1'],
        ],
        service: 'execute-api',
      } as const;
      const signed = signHeaders(draft, host, credentials);
      return fetch(`${cloud.endpoint}${signed.path}`, { headers: signed.headers });
    };
    const denied = await call();
    expect(denied.status).toBe(403);
    expect(await denied.json()).toMatchObject({ message: expect.stringContaining('execute-api:Invoke') });
    await iam.send(
      new PutUserPolicyCommand({
        UserName: 'caller',
        PolicyName: 'call',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'execute-api:Invoke',
              Resource: `arn:aws:execute-api:us-east-1:${cloud.accountId}:${restApiId}/dev/GET/signed`,
            },
          ],
        }),
      }),
    );
    const answer = await call();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      identity: { userArn: `arn:aws:iam::${cloud.accountId}:user/caller`, accountId: cloud.accountId },
    });
    const wrong = await call({ ...keys, secretAccessKey: 'not the secret' });
    expect({ status: wrong.status, type: wrong.headers.get('x-amzn-errortype') }).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
    });
  });
});
