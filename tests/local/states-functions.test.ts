/** Functions in workflows, and workflows that functions start. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendTaskFailureCommand, SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';
import { makeRole, type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let states: States;
let functions: Functions;
const arnOf = (name: string) => `arn:aws:lambda:${cloud.region}:${cloud.accountId}:function:${name}`;
const double = `exports.handler = async ({ n, fail }) => {
  if (fail) { const error = new Error('no'); error.name = 'Refused'; throw error; }
  return { twice: n * 2 };
};`;

beforeAll(async () => {
  cloud = await testCloud();
  states = await statesOf(cloud);
  functions = functionsOf(cloud, await functionRole(cloud, 'functions'));
  await functions.create('double', { 'index.js': double });
});
afterAll(() => cloud.dispose());

const one = (state: object) => ({ StartAt: 'Call', States: { Call: { Type: 'Task', End: true, ...state } } });

test('a function named by its ARN answers with its result, told of in events of its own', async () => {
  const machine = await states.create(one({ Resource: arnOf('double') }));
  const { executionArn, output } = await states.run(machine, { n: 4 });
  expect(output).toBe('{"twice":8}');
  expect((await states.history(executionArn ?? '')).map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
});

test('the error of a function is its type, and its answer the cause', async () => {
  const machine = await states.create(
    one({
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'double', Payload: { fail: true } },
    }),
  );
  const { error, cause } = await states.run(machine);
  expect(error).toBe('Refused');
  expect(JSON.parse(cause ?? '')).toMatchObject({ errorType: 'Refused', errorMessage: 'no' });
});

test('a role that may not invoke the function fails the task', async () => {
  const roleArn = await makeRole(cloud, 'nothing', [{ Effect: 'Deny', Action: '*', Resource: '*' }]);
  const machine = await states.create(one({ Resource: arnOf('double') }), { roleArn });
  const { error, cause } = await states.run(machine, { n: 1 });
  expect(error).toBe('Lambda.AWSLambdaException');
  expect(cause).toContain('is not authorized to perform: lambda:InvokeFunction');
});

test('an SDK integration answers in Pascal case and fails with the names of the SDK', async () => {
  const dynamodb = new DynamoDBClient(cloud.client());
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const machine = await states.create({
    StartAt: 'Put',
    States: {
      Put: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem',
        Parameters: {
          TableName: 'things',
          Item: { id: { 'S.$': '$.id' } },
          ConditionExpression: 'attribute_not_exists(id)',
        },
        ResultPath: null,
        Next: 'Get',
      },
      Get: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
        Parameters: { TableName: 'things', Key: { id: { 'S.$': '$.id' } } },
        End: true,
      },
    },
  });
  expect((await states.run(machine, { id: 'a' })).output).toBe('{"Item":{"id":{"S":"a"}}}');
  expect((await states.run(machine, { id: 'a' })).error).toBe('DynamoDb.ConditionalCheckFailedException');
});

test('clients in functions reach the name that they make of the endpoint for StartSyncExecution', async () => {
  const ask = `const http = require('node:http');
exports.handler = () => new Promise((resolve, reject) => {
  const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
  http.request({ hostname: 'sync-' + hostname, port, method: 'POST' }, ({ statusCode }) => resolve(statusCode))
    .on('error', reject).end();
});`;
  await functions.create('ask', { 'index.js': ask });
  const { payload } = await functions.call('ask');
  expect(payload).toBeGreaterThanOrEqual(400);
});

test('a method that asks for a signature is called with that of the role', async () => {
  const stacks = deployer(cloud);
  const { Outputs = [] } = await stacks.create('signed-api', {
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'signed' } },
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          HttpMethod: 'GET',
          AuthorizationType: 'AWS_IAM',
          Integration: {
            Type: 'MOCK',
            RequestTemplates: { 'application/json': '{"statusCode": 200}' },
            IntegrationResponses: [
              { StatusCode: '200', ResponseTemplates: { 'application/json': '{"hello": "you"}' } },
            ],
          },
          MethodResponses: [{ StatusCode: '200' }],
        },
      },
      Deployment: {
        Type: 'AWS::ApiGateway::Deployment',
        DependsOn: 'Get',
        Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live' },
      },
    },
    Outputs: { Api: { Value: { Ref: 'Api' } } },
  });
  const call = (AuthType: string) =>
    states.create(
      one({
        Resource: 'arn:aws:states:::apigateway:invoke',
        Parameters: {
          ApiEndpoint: `${Outputs[0]?.OutputValue}.execute-api.${cloud.region}.amazonaws.com`,
          Method: 'GET',
          Stage: 'live',
          Path: '/',
          AuthType,
        },
      }),
    );
  const { output } = await states.run(await call('IAM_ROLE'));
  expect(JSON.parse(output ?? '')).toMatchObject({ ResponseBody: { hello: 'you' }, StatusCode: 200 });
  expect((await states.run(await call('NO_AUTH'))).error).toBe('ApiGateway.403');
});

test('a token may be answered before the call that handed it out has ended', async () => {
  const slow = 'exports.handler = () => new Promise((done) => setTimeout(done, 1500));';
  await functions.create('slow', { 'index.js': slow });
  const machine = await states.create(
    one({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'slow', Payload: { 'token.$': '$$.Task.Token' } },
    }),
  );
  const { executionArn = '' } = await states.sfn.send(
    new StartExecutionCommand({ stateMachineArn: machine }),
  );
  const taskToken = await tokenOf(executionArn);
  await states.sfn.send(new SendTaskFailureCommand({ taskToken, error: 'Early', cause: 'it knew' }));
  expect(await states.ended(executionArn)).toMatchObject({ error: 'Early', cause: 'it knew' });
  await expect(states.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toThrow(
    "Task Timed Out: 'Provided task does not exist anymore'",
  );
});

async function tokenOf(executionArn: string): Promise<string> {
  for (;;) {
    const scheduled = (await states.history(executionArn)).find(({ type }) => type === 'TaskScheduled');
    const { parameters } = scheduled?.taskScheduledEventDetails ?? {};
    if (parameters !== undefined)
      return (JSON.parse(parameters) as { readonly Payload: { readonly token: string } }).Payload.token;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
