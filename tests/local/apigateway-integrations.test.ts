/** REST integrations that are no Lambda proxies: AWS services, functions, HTTP, with everything that is mapped. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  type IntegrationResponse,
  PutIntegrationCommand,
  type PutIntegrationCommandInput,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let api: APIGatewayClient;
let restApiId: string;
let rootId: string;
let base: string;
let credentials: string;
let backend: Server;
let backendUrl: string;

const json = 'application/json';
const header = (name: string) => `method.response.header.${name}`;

/** A method with its integration, and what its integration responses say. */
async function method(
  path: string,
  httpMethod: string,
  integration: Omit<PutIntegrationCommandInput, 'restApiId' | 'resourceId' | 'httpMethod'>,
  responses: readonly IntegrationResponse[] = [{ statusCode: '200' }],
): Promise<void> {
  const resourceId = await resourceOf(path);
  const at = { restApiId, resourceId, httpMethod };
  await api.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }));
  await api.send(new PutIntegrationCommand({ ...at, ...integration }));
  for (const response of responses) {
    const statusCode = response.statusCode ?? '200';
    await api.send(
      new PutMethodResponseCommand({
        ...at,
        statusCode,
        responseParameters: Object.fromEntries(
          Object.keys(response.responseParameters ?? {}).map((name) => [name, true]),
        ),
      }),
    );
    await api.send(new PutIntegrationResponseCommand({ ...at, ...response, statusCode }));
  }
}

const resources = new Map<string, string>();
async function resourceOf(path: string): Promise<string> {
  let id = rootId;
  let sofar = '';
  for (const pathPart of path.split('/').slice(1)) {
    sofar += `/${pathPart}`;
    const known = resources.get(sofar);
    id = known ?? (await api.send(new CreateResourceCommand({ restApiId, parentId: id, pathPart }))).id ?? '';
    resources.set(sofar, id);
  }
  return id;
}

const aws = (service: string) => `arn:aws:apigateway:us-east-1:${service}`;

beforeAll(async () => {
  cloud = await testCloud();
  api = new APIGatewayClient(cloud.client());
  const made = await api.send(new CreateRestApiCommand({ name: 'mapped', binaryMediaTypes: ['image/png'] }));
  restApiId = made.id ?? '';
  rootId = made.rootResourceId ?? '';
  base = `${cloud.endpoint}/_aws/execute-api/${restApiId}/dev`;

  const iam = new IAMClient(cloud.client());
  const role = await iam.send(
    new CreateRoleCommand({
      RoleName: 'api',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  credentials = role.Role?.Arn ?? '';
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'api',
      PolicyName: 'calls',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['sqs:SendMessage', 's3:PutObject', 's3:GetObject'], Resource: '*' },
          { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: '*' },
        ],
      }),
    }),
  );
  await new SQSClient(cloud.client()).send(new CreateQueueCommand({ QueueName: 'orders' }));
  await new DynamoDBClient(cloud.client()).send(
    new CreateTableCommand({
      TableName: 'notes',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  await new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'api-files' }),
  );
  backend = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method: sent, url, headers } = request;
      const status = url?.startsWith('/missing') ? 404 : 200;
      response.writeHead(status, { 'content-type': json, 'x-backend': 'yes', 'x-many': ['a', 'b'] });
      response.end(JSON.stringify({ method: sent, url, headers, body: Buffer.concat(parts).toString() }));
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  backendUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});

const deploy = () => api.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));

afterAll(async () => {
  backend?.close();
  await cloud?.dispose();
});

describe('an AWS integration', () => {
  it('sends to a queue by its path, with a form that a template writes, and answers in JSON', async () => {
    await method(
      '/orders',
      'POST',
      {
        type: 'AWS',
        integrationHttpMethod: 'POST',
        credentials,
        uri: aws(`sqs:path/${cloud.accountId}/orders`),
        requestParameters: {
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
        requestTemplates: {
          [json]: 'Action=SendMessage&MessageBody=$util.urlEncode($input.json("$.order"))',
        },
      },
      [
        {
          statusCode: '200',
          responseTemplates: {
            [json]: '{"sent": $input.json("$.SendMessageResponse.SendMessageResult.MessageId")}',
          },
        },
        { statusCode: '500', selectionPattern: '[45]\\d\\d' },
      ],
    );
    await deploy();
    const answer = await fetch(`${base}/orders`, {
      method: 'POST',
      headers: { 'content-type': json },
      body: '{"order":{"n":1,"t":"a & b"}}',
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ sent: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const { Messages } = await new SQSClient(cloud.client()).send(
      new ReceiveMessageCommand({ QueueUrl: `${cloud.endpoint}/${cloud.accountId}/orders` }),
    );
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toEqual({ n: 1, t: 'a & b' });
  });

  it('calls an action of DynamoDB, and maps errors by their status', async () => {
    const template =
      '{"TableName": "notes", "Item": {"id": {"S": "$context.requestId"}, "text": {"S": "$util.escapeJavaScript($input.path("$.text"))"}}}';
    await method(
      '/notes',
      'POST',
      {
        type: 'AWS',
        integrationHttpMethod: 'POST',
        credentials,
        uri: aws('dynamodb:action/PutItem'),
        requestTemplates: { [json]: template },
      },
      [
        {
          statusCode: '200',
          responseTemplates: {
            [json]: '#set($context.responseOverride.status = 201){"id":"$context.requestId"}',
          },
        },
        {
          statusCode: '400',
          selectionPattern: '4\\d{2}',
          responseTemplates: { [json]: '{"error": "$input.path("$.message")"}' },
        },
      ],
    );
    await deploy();
    const post = (body: object) =>
      fetch(`${base}/notes`, {
        method: 'POST',
        headers: { 'content-type': json },
        body: JSON.stringify(body),
      });
    const answer = await post({ text: 'a "quoted" note' });
    expect(answer.status).toBe(201);
    const { id } = (await answer.json()) as { id: string };
    const { Item } = await new DynamoDBClient(cloud.client()).send(
      new GetItemCommand({ TableName: 'notes', Key: { id: { S: id } } }),
    );
    expect(Item?.text).toEqual({ S: 'a "quoted" note' });
    const refused = await post({ text: 'x'.repeat(500_000) });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ error: 'Item size has exceeded the maximum allowed size' });
  });

  it('puts an object and gets it, with its bytes, by parts of the path', async () => {
    const file = {
      type: 'AWS' as const,
      credentials,
      uri: aws('s3:path/{bucket}/{key}'),
      requestParameters: {
        'integration.request.path.bucket': "'api-files'",
        'integration.request.path.key': 'method.request.path.key',
        'integration.request.header.Content-Type': 'method.request.header.Content-Type',
      },
    };
    await method('/files/{key}', 'PUT', { ...file, integrationHttpMethod: 'PUT' });
    await method('/files/{key}', 'GET', { ...file, integrationHttpMethod: 'GET' }, [
      {
        statusCode: '200',
        responseParameters: {
          [header('Content-Type')]: 'integration.response.header.Content-Type',
          [header('X-Size')]: 'integration.response.header.Content-Length',
        },
      },
      { statusCode: '404', selectionPattern: '404' },
    ]);
    await deploy();
    const bytes = Buffer.from([0x89, 0x50, 0, 255, 1]);
    const put = await fetch(`${base}/files/a%20b.png`, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: bytes,
    });
    expect(put.status).toBe(200);
    const got = await fetch(`${base}/files/a%20b.png`);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(got.headers.get('x-size')).toBe('5');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
  });

  it('is held to its role, and to what the cloud has', async () => {
    await method(
      '/denied',
      'GET',
      {
        type: 'AWS',
        integrationHttpMethod: 'POST',
        credentials,
        uri: aws('dynamodb:action/DeleteTable'),
        requestTemplates: { [json]: '{"TableName": "notes"}' },
      },
      [
        { statusCode: '200' },
        { statusCode: '400', selectionPattern: '400', responseTemplates: { [json]: '$input.json("$")' } },
      ],
    );
    await deploy();
    const denied = await fetch(`${base}/denied`);
    expect(denied.status).toBe(400);
    expect(await denied.json()).toMatchObject({ __type: expect.stringContaining('AccessDenied') });
    const refused = (uri: string, more: object) =>
      api.send(
        new PutIntegrationCommand({
          restApiId,
          resourceId: resources.get('/denied') ?? '',
          httpMethod: 'GET',
          type: 'AWS',
          integrationHttpMethod: 'POST',
          uri,
          ...more,
        }),
      );
    await expect(refused(aws('kinesisvideo:action/CreateStream'), { credentials })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('AWS integrations with the service kinesisvideo'),
    });
    await expect(refused(aws('sqs:action/SendMessage'), {})).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Role ARN must be specified for AWS integrations',
    });
    await expect(
      refused(aws('sqs:action/SendMessage'), {
        credentials,
        requestParameters: { 'integration.request.header.X': 'method.response.header.X' },
      }),
    ).rejects.toMatchObject({ message: expect.stringContaining('method.response.header.X') });
  });
});

describe('a function without its proxy', () => {
  it('is given what the template writes, and its error message selects the response', async () => {
    const functions = functionsOf(cloud, await functionRole(cloud, 'function-role'));
    await functions.create('plain', {
      'index.js': `exports.handler = async (event) => { if (event.fail) throw new Error('NotFound: ' + event.fail); return { got: event }; };`,
    });
    const uri = aws(
      `lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:${cloud.accountId}:function:plain/invocations`,
    );
    const role = new IAMClient(cloud.client());
    await role.send(
      new PutRolePolicyCommand({
        RoleName: 'api',
        PolicyName: 'invokes',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
        }),
      }),
    );
    await method(
      '/plain/{name}',
      'GET',
      {
        type: 'AWS',
        integrationHttpMethod: 'POST',
        credentials,
        uri,
        requestTemplates: {
          [json]:
            '{"name": "$input.params("name")", "fail": "$input.params().querystring.fail", "stage": "$context.stage"}',
        },
      },
      [
        { statusCode: '200', responseTemplates: { [json]: '$input.json("$.got")' } },
        {
          statusCode: '404',
          selectionPattern: 'NotFound: .*',
          responseTemplates: { [json]: '{"message":"$input.path("$.errorMessage")"}' },
        },
      ],
    );
    await deploy();
    expect(await (await fetch(`${base}/plain/ada`)).json()).toEqual({ name: 'ada', fail: '', stage: 'dev' });
    const missing = await fetch(`${base}/plain/ada?fail=me`);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({ message: 'NotFound: me' });
  });
});

describe('an HTTP integration', () => {
  it('passes a request on as it is, with what is mapped beside', async () => {
    await method(
      '/proxy/{path+}',
      'ANY',
      {
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'ANY',
        uri: `${backendUrl}/v1/{path}`,
        requestParameters: {
          'integration.request.path.path': 'method.request.path.path',
          'integration.request.header.x-stage': 'context.stage',
          'integration.request.querystring.added': "'1'",
        },
      },
      [],
    );
    await deploy();
    const answer = await fetch(`${base}/proxy/a/b%20c?q=1&q=2`, {
      method: 'PUT',
      headers: { 'x-own': 'me' },
      body: 'raw',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-many')).toBe('a, b');
    expect(await answer.json()).toMatchObject({
      method: 'PUT',
      url: '/v1/a/b%20c?q=1&q=2&added=1',
      body: 'raw',
      headers: { 'x-own': 'me', 'x-stage': 'dev', host: new URL(backendUrl).host },
    });
    expect((await fetch(`${base}/proxy/x`, { method: 'DELETE' })).status).toBe(200);
  });

  it('maps the request and the response', async () => {
    await method(
      '/mapped',
      'GET',
      {
        type: 'HTTP',
        integrationHttpMethod: 'POST',
        uri: `${backendUrl}/missing`,
        requestTemplates: {
          [json]: '{"q": "$input.params("q")"}#set($context.requestOverride.header.x-set = "here")',
        },
      },
      [
        { statusCode: '200' },
        {
          statusCode: '410',
          selectionPattern: '404',
          responseParameters: {
            [header('X-From')]: 'integration.response.header.x-backend',
            [header('X-Path')]: 'integration.response.body.url',
          },
          responseTemplates: {
            [json]: '{"body": $input.json("$.body"), "set": $input.json("$.headers[\'x-set\']")}',
          },
        },
      ],
    );
    await deploy();
    const answer = await fetch(`${base}/mapped?q=7`);
    expect(answer.status).toBe(410);
    expect(answer.headers.get('x-from')).toBe('yes');
    expect(answer.headers.get('x-path')).toBe('/missing');
    expect(await answer.json()).toEqual({ body: '{"q": "7"}', set: 'here' });
  });

  it('answers 504 when nobody answers in time, and 500 when nobody is there', async () => {
    const slow = createServer(() => {});
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as AddressInfo;
    await method(
      '/slow',
      'GET',
      {
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: `http://127.0.0.1:${port}/`,
        timeoutInMillis: 100,
      },
      [],
    );
    await method(
      '/nobody',
      'GET',
      { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'http://127.0.0.1:1/' },
      [],
    );
    await deploy();
    expect((await fetch(`${base}/slow`)).status).toBe(504);
    expect((await fetch(`${base}/nobody`)).status).toBe(500);
    slow.closeAllConnections();
    slow.close();
  });
});
