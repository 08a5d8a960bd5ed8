/** Function URLs: settings, who may call, the event and the answer, streams, and CORS. */

import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  type LambdaClient,
  ListFunctionUrlConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';
import { signHeaders } from './signing.ts';

let cloud: TestCloud;
let functions: Functions;
let lambda: LambdaClient;

const echo = `exports.handler = async (event) => {
  if (event.rawPath === '/fail') throw new Error('no');
  if (event.rawPath === '/plain') return { hello: 'you' };
  if (event.rawPath === '/nonsense') return { statusCode: 'many' };
  return {
    statusCode: 201,
    headers: { 'X-Own': 'yes', 'access-control-allow-origin': 'https://mine.example' },
    cookies: ['a=1; Path=/', 'b=2'],
    body: Buffer.from(JSON.stringify(event)).toString('base64'),
    isBase64Encoded: true,
  };
};`;

const stream = `exports.handler = awslambda.streamifyResponse(async (event, out) => {
  const http = awslambda.HttpResponseStream.from(out, { statusCode: 202, headers: { 'content-type': 'text/plain', 'x-own': 'stream' } });
  http.write('one ');
  await new Promise((resolve) => setTimeout(resolve, 50));
  http.write('two');
  http.end();
});`;

const url = (FunctionName: string, more: Partial<CreateFunctionUrlConfigCommandInput> = {}) =>
  lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...more }));

/** What the CDK adds for a URL without authorisation. */
async function open(FunctionName: string, Qualifier?: string): Promise<void> {
  const common = { FunctionName, Principal: '*', ...(Qualifier ? { Qualifier } : {}) };
  await lambda.send(
    new AddPermissionCommand({
      ...common,
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      ...common,
      StatementId: 'invoke',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  );
}

const idOf = (functionUrl: string | undefined) =>
  /^https:\/\/([a-z0-9]+)\.lambda-url\./.exec(functionUrl ?? '')?.[1] ?? '';
const local = (functionUrl: string | undefined) => `${cloud.endpoint}/_aws/lambda-url/${idOf(functionUrl)}`;

beforeAll(async () => {
  cloud = await testCloud();
  functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
  lambda = functions.client;
  await functions.create('echo', { 'index.js': echo });
  await functions.create('stream', { 'index.js': stream });
});
afterAll(() => cloud?.dispose());

describe('a function URL', () => {
  let base: string;
  beforeAll(async () => {
    const made = await url('echo', {
      Cors: {
        AllowOrigins: ['https://a.example'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['content-type'],
        MaxAge: 60,
      },
    });
    expect(made.FunctionUrl).toMatch(/^https:\/\/[a-z][a-z0-9]{31}\.lambda-url\.us-east-1\.on\.aws\/$/);
    base = local(made.FunctionUrl);
  });

  it('lets nobody in without both permissions', async () => {
    expect((await fetch(`${base}/`)).status).toBe(403);
    await open('echo');
    expect((await fetch(`${base}/`)).status).toBe(201);
  });

  it('hands the request over as an event, and takes the answer', async () => {
    const answer = await fetch(`${base}/a%20b/c?x=1&x=2&y=`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'k=v; l=w', 'x-test': 'T' },
      body: '{"n":1}',
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(await answer.json()).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a b/c',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['k=v', 'l=w'],
      queryStringParameters: { x: '1,2', y: '' },
      headers: { 'x-test': 'T', 'x-forwarded-proto': 'https' },
      requestContext: {
        accountId: 'anonymous',
        stage: '$default',
        http: { method: 'POST', path: '/a b/c', sourceIp: '127.0.0.1' },
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    const binary = await fetch(`${base}/`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from([0, 255]),
    });
    expect(await binary.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('answers a body alone with 200, and what is no answer with 502', async () => {
    const plain = await fetch(`${base}/plain`);
    expect({ status: plain.status, body: await plain.json() }).toEqual({
      status: 200,
      body: { hello: 'you' },
    });
    expect((await fetch(`${base}/fail`)).status).toBe(502);
    expect((await fetch(`${base}/nonsense`)).status).toBe(502);
  });

  it('answers preflights itself, and says of origins what its settings say', async () => {
    const ask = (origin: string) =>
      fetch(`${base}/`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const allowed = await ask('https://a.example');
    expect(allowed.status).toBe(200);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '60',
    });
    expect((await ask('https://b.example')).headers.get('access-control-allow-origin')).toBe(null);
    const answer = await fetch(`${base}/`, { headers: { origin: 'https://a.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://a.example');
  });

  it('refuses when the function may not run', async () => {
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'stream', ReservedConcurrentExecutions: 0 }),
    );
    const made = await url('stream', { InvokeMode: 'RESPONSE_STREAM' });
    await open('stream');
    expect((await fetch(`${local(made.FunctionUrl)}/`)).status).toBe(429);
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'stream', ReservedConcurrentExecutions: 2 }),
    );
    const answer = await fetch(`${local(made.FunctionUrl)}/`);
    expect({ status: answer.status, own: answer.headers.get('x-own'), body: await answer.text() }).toEqual({
      status: 202,
      own: 'stream',
      body: 'one two',
    });
  });

  it('with AWS_IAM asks for a signature, and for the permissions of who signed', async () => {
    await lambda.send(new PublishVersionCommand({ FunctionName: 'echo' }));
    await lambda.send(new CreateAliasCommand({ FunctionName: 'echo', Name: 'live', FunctionVersion: '1' }));
    const made = await url('echo', { Qualifier: 'live', AuthType: 'AWS_IAM' });
    expect(made.FunctionArn).toBe(`arn:aws:lambda:us-east-1:${cloud.accountId}:function:echo:live`);
    const at = new URL(`${local(made.FunctionUrl)}/`);
    expect((await fetch(at)).status).toBe(403);
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: 'caller' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'caller' }));
    const keys = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const call = () =>
      fetch(at, {
        headers: signHeaders({ method: 'GET', path: at.pathname, service: 'lambda' }, at.host, keys).headers,
      });
    const may = (Action: string[]) =>
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'caller',
          PolicyName: 'call',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action, Resource: made.FunctionArn }],
          }),
        }),
      );
    expect((await call()).status).toBe(403);
    await may(['lambda:InvokeFunctionUrl']);
    expect((await call()).status).toBe(403);
    await may(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']);
    const answer = await call();
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      requestContext: {
        accountId: cloud.accountId,
        authorizer: { iam: { userArn: `arn:aws:iam::${cloud.accountId}:user/caller` } },
      },
    });
  });

  it('is listed, changed and deleted; a function has one', async () => {
    await expect(url('echo')).rejects.toMatchObject({ name: 'ResourceConflictException' });
    const { FunctionUrlConfigs } = await lambda.send(
      new ListFunctionUrlConfigsCommand({ FunctionName: 'echo' }),
    );
    expect(FunctionUrlConfigs?.map(({ AuthType }) => AuthType)).toEqual(['NONE', 'AWS_IAM']);
    const changed = await lambda.send(
      new UpdateFunctionUrlConfigCommand({ FunctionName: 'echo', AuthType: 'AWS_IAM', Cors: {} }),
    );
    expect(changed).toMatchObject({ AuthType: 'AWS_IAM', InvokeMode: 'BUFFERED' });
    expect(changed.Cors).toBeUndefined();
    await lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'echo' }));
    await expect(
      lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'echo' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(url('echo', { Qualifier: '1' })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(url('echo', { Cors: { AllowOrigins: ['nowhere'] } })).rejects.toThrow('Invalid CORS origin');
  });

  it('is made by a template, whose output says where it answers here', async () => {
    const stacks = deployer(cloud);
    const permission = (Action: string, more: object) => ({
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'echo', Action, Principal: '*', ...more },
    });
    await functions.create('third', { 'index.js': echo });
    const target = { FunctionName: 'third' };
    const stack = await stacks.create('url', {
      Resources: {
        Url: {
          Type: 'AWS::Lambda::Url',
          Properties: {
            TargetFunctionArn: `arn:aws:lambda:us-east-1:${cloud.accountId}:function:third`,
            AuthType: 'NONE',
          },
        },
        A: permission('lambda:InvokeFunctionUrl', { ...target, FunctionUrlAuthType: 'NONE' }),
        B: permission('lambda:InvokeFunction', { ...target, InvokedViaFunctionUrl: true }),
      },
      Outputs: { Url: { Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } } },
    });
    expect(stack.StackStatus, (await stacks.story('url')).join('\n')).toBe('CREATE_COMPLETE');
    const output = stack.Outputs?.[0]?.OutputValue ?? '';
    expect(output).toMatch(new RegExp(`^${cloud.endpoint}/_aws/lambda-url/[a-z0-9]+/$`));
    expect((await fetch(output)).status).toBe(201);
  });
});
