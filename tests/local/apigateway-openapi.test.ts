/** REST APIs that OpenAPI documents describe: imported by the API, and as the body of a template's API. */
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  ImportRestApiCommand,
  PutRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let api: APIGatewayClient;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  api = new APIGatewayClient(cloud.client());
  stacks = deployer(cloud);
});
afterAll(() => cloud?.dispose());

const headers = { 'X-From': { schema: { type: 'string' } } };
const answers = (status: number) => ({ [status]: { description: 'an answer', headers } });
const mock = (status: number, template?: string) => ({
  type: 'mock',
  requestTemplates: { 'application/json': `{"statusCode": ${status}}` },
  passthroughBehavior: 'when_no_match',
  responses: {
    default: {
      statusCode: String(status),
      responseParameters: { 'method.response.header.X-From': "'mock'" },
      ...(template ? { responseTemplates: { 'application/json': template } } : {}),
    },
  },
});

const petStore = {
  openapi: '3.0.1',
  info: { title: 'pets', version: '2', description: 'Pets.' },
  'x-amazon-apigateway-request-validators': {
    body: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-request-validator': 'body',
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-gateway-responses': {
    BAD_REQUEST_BODY: {
      statusCode: 422,
      responseTemplates: { 'application/json': '{"bad":"$context.error.validationErrorString"}' },
    },
  },
  paths: {
    '/pets': {
      parameters: [{ $ref: '#/components/parameters/tenant' }],
      post: {
        operationId: 'addPet',
        security: [{ key: [] }],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/New-Pet' } } },
        },
        responses: answers(201),
        'x-amazon-apigateway-integration': mock(201, '{"name": "$input.params("tenant")"}'),
      },
    },
    '/pets/{id}': {
      get: {
        responses: answers(200),
        'x-amazon-apigateway-integration': mock(200, '{"id": "$input.params("id")"}'),
      },
      'x-amazon-apigateway-any-method': {
        responses: answers(405),
        'x-amazon-apigateway-integration': mock(405),
      },
    },
  },
  components: {
    parameters: { tenant: { name: 'tenant', in: 'query', required: true, schema: { type: 'string' } } },
    schemas: {
      'New-Pet': {
        type: 'object',
        required: ['name'],
        properties: { name: { $ref: '#/components/schemas/Name' } },
      },
      Name: { type: 'string', minLength: 2 },
    },
    securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
  },
};

const bodyOf = (document: object) => Buffer.from(JSON.stringify(document));
const call = (restApiId: string | undefined, path: string, init?: RequestInit) =>
  fetch(`${cloud.endpoint}/_aws/execute-api/${restApiId}/v1${path}`, init);

describe('an OpenAPI document', () => {
  it('becomes an API with its resources, models, validators and answers', async () => {
    const made = await api.send(new ImportRestApiCommand({ body: bodyOf({ ...petStore, security: [] }) }));
    const { id } = made;
    expect(made).toMatchObject({
      name: 'pets',
      version: '2',
      description: 'Pets.',
      binaryMediaTypes: ['image/png'],
    });
    const { items } = await api.send(new GetResourcesCommand({ restApiId: id, embed: ['methods'] }));
    expect(items?.map(({ path }) => path).sort()).toEqual(['/', '/pets', '/pets/{id}']);
    const pets = items?.find(({ path }) => path === '/pets');
    expect(pets?.resourceMethods?.POST).toMatchObject({
      operationName: 'addPet',
      apiKeyRequired: true,
      requestParameters: { 'method.request.querystring.tenant': true },
      requestModels: { 'application/json': 'NewPet' },
    });
    const models = await api.send(new GetModelsCommand({ restApiId: id }));
    expect(models.items?.map(({ name }) => name).sort()).toEqual(['Empty', 'Error', 'Name', 'NewPet']);
    await api.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'v1' }));
    expect(await (await call(id, '/pets/7')).json()).toEqual({ id: '7' });
    const other = await call(id, '/pets/7', { method: 'DELETE' });
    expect({ status: other.status, from: other.headers.get('x-from') }).toEqual({
      status: 405,
      from: 'mock',
    });
    expect((await call(id, '/pets?tenant=a', { method: 'POST' })).status).toBe(403);
  });

  it('validates bodies by models that refer to one another', async () => {
    const { key: _, ...open } = petStore.components.securitySchemes;
    const document = { ...petStore, components: { ...petStore.components, securitySchemes: open } };
    const { id } = await api.send(new ImportRestApiCommand({ body: bodyOf(document) }));
    await api.send(new CreateDeploymentCommand({ restApiId: id, stageName: 'v1' }));
    const post = (body: object, query = '?tenant=a') =>
      call(id, `/pets${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post({ name: 'Rex' })).status).toBe(201);
    expect((await post({ name: 'Rex' }, '')).status).toBe(400);
    const refused = await post({ name: 'R' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toEqual({ bad: expect.stringContaining('"R" is too short') });
  });

  it('is put over an API: overwriting, or merged into what is there', async () => {
    const { id } = await api.send(new ImportRestApiCommand({ body: bodyOf(petStore) }));
    const extra = {
      swagger: '2.0',
      info: { title: 'more' },
      paths: { '/more': { get: { responses: answers(200), 'x-amazon-apigateway-integration': mock(200) } } },
    };
    const paths = async () =>
      (await api.send(new GetResourcesCommand({ restApiId: id }))).items?.map(({ path }) => path).sort();
    await api.send(new PutRestApiCommand({ restApiId: id, mode: 'merge', body: bodyOf(extra) }));
    expect(await paths()).toEqual(['/', '/more', '/pets', '/pets/{id}']);
    await api.send(new PutRestApiCommand({ restApiId: id, mode: 'overwrite', body: bodyOf(extra) }));
    expect(await paths()).toEqual(['/', '/more']);
    expect((await api.send(new GetRestApiCommand({ restApiId: id }))).name).toBe('more');
  });

  it.each<readonly [string, object | string, string]>([
    ['is no document', 'paths: [', 'Invalid OpenAPI input'],
    ['is of another version', { openapi: '3.1.0', paths: {} }, 'openapi 3.0.x'],
    [
      'has a reference to nothing',
      { swagger: '2.0', paths: { '/a': { $ref: '#/nothing' } } },
      'names nothing',
    ],
    [
      'has an integration that is none',
      { swagger: '2.0', paths: { '/a': { get: { 'x-amazon-apigateway-integration': { type: 'ftp' } } } } },
      'malformed integration at path /a',
    ],
    [
      'has an extension that nobody knows',
      { swagger: '2.0', paths: {}, 'x-amazon-apigateway-cors': {} },
      'x-amazon-apigateway-cors of an OpenAPI document',
    ],
    ['has a path that is none', { swagger: '2.0', paths: { '/a b': {} } }, "Resource's path part"],
  ])('that %s is refused', async (_, document, message) => {
    const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
    await expect(api.send(new ImportRestApiCommand({ body }))).rejects.toThrow(message);
  });
});

describe('the body of an API in a template', () => {
  it('is imported with its references, and again when it changes; from S3 as well', async () => {
    const document = (text: string) => ({
      swagger: '2.0',
      info: { title: { Ref: 'AWS::StackName' }, version: '1' },
      paths: {
        '/say': {
          get: {
            responses: answers(200),
            'x-amazon-apigateway-integration': mock(200, `{"text": "${text}"}`),
          },
        },
      },
    });
    const template = (text: string, stamp: string) => ({
      Resources: {
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: document(text), Description: 'mine' } },
        [`Deployment${stamp}`]: {
          Type: 'AWS::ApiGateway::Deployment',
          Properties: { RestApiId: { Ref: 'Api' } },
        },
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            DeploymentId: { Ref: `Deployment${stamp}` },
            StageName: 'v1',
          },
        },
      },
      Outputs: { Id: { Value: { Ref: 'Api' } } },
    });
    const first = await stacks.create('openapi', template('one', 'A'));
    const id = first.Outputs?.find(({ OutputKey }) => OutputKey === 'Id')?.OutputValue;
    expect(await (await call(id, '/say')).json()).toEqual({ text: 'one' });
    expect(await api.send(new GetRestApiCommand({ restApiId: id }))).toMatchObject({
      name: 'openapi',
      description: 'mine',
    });
    await stacks.update('openapi', template('two', 'B'));
    expect(await (await call(id, '/say')).json()).toEqual({ text: 'two' });

    const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'documents' }));
    const yaml = 'swagger: "2.0"\ninfo: {title: from-s3}\npaths: {}\n';
    await s3.send(new PutObjectCommand({ Bucket: 'documents', Key: 'api.yaml', Body: yaml }));
    const from = await stacks.create('openapi-s3', {
      Resources: {
        Api: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { BodyS3Location: { Bucket: 'documents', Key: 'api.yaml' } },
        },
      },
      Outputs: { Id: { Value: { Ref: 'Api' } } },
    });
    expect(from.StackStatus, (await stacks.story('openapi-s3')).join('\n')).toBe('CREATE_COMPLETE');
    const other = from.Outputs?.[0]?.OutputValue;
    expect((await api.send(new GetRestApiCommand({ restApiId: other }))).name).toBe('from-s3');
  });
});
