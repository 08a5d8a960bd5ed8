import { APIGatewayClient, GetApiKeyCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient, type Dimension, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const trusting = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const role = (service: string, policy: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trusting(service),
    ManagedPolicyArns: [`arn:aws:iam::aws:policy/service-role/${policy}`],
  },
});
const rest = { RestApiId: { Ref: 'Api' } };

/** What an API of the CDK's consists of. */
const template = (answer: string, deployment: string) => ({
  Resources: {
    Role: role('lambda.amazonaws.com', 'AWSLambdaBasicExecutionRole'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Environment: { Variables: { ANSWER: answer } },
        Timeout: '5',
        Code: {
          ZipFile:
            'exports.handler = async (e) => { console.log("called", e.path); return { statusCode: 200, body: process.env.ANSWER }; };',
        },
        LoggingConfig: { LogGroup: { Ref: 'FunctionLogs' } },
        Tags: [{ Key: 'system', Value: 'test' }],
      },
    },
    FunctionLogs: { Type: 'AWS::Logs::LogGroup' },
    AccessLogs: { Type: 'AWS::Logs::LogGroup' },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': `arn:aws:execute-api:us-east-1:${cloud.accountId}:\${Api}/\${Stage}/POST/jobs`,
        },
      },
    },
    LogRole: role('apigateway.amazonaws.com', 'AmazonAPIGatewayPushToCloudWatchLogs'),
    Account: {
      Type: 'AWS::ApiGateway::Account',
      Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['LogRole', 'Arn'] } },
    },
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { Name: 'stack', EndpointConfiguration: { Types: ['REGIONAL'] } },
    },
    Jobs: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ...rest, ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] }, PathPart: 'jobs' },
    },
    Body: {
      Type: 'AWS::ApiGateway::Model',
      Properties: {
        ...rest,
        ContentType: 'application/json',
        Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: ['walls'] },
      },
    },
    Validator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: { ...rest, ValidateRequestBody: true },
    },
    BadBody: {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        ...rest,
        ResponseType: 'BAD_REQUEST_BODY',
        ResponseTemplates: { 'application/json': '{"error":"$context.error.validationErrorString"}' },
      },
    },
    Post: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        ...rest,
        ResourceId: { Ref: 'Jobs' },
        HttpMethod: 'POST',
        AuthorizationType: 'NONE',
        ApiKeyRequired: true,
        RequestModels: { 'application/json': { Ref: 'Body' } },
        RequestValidatorId: { Ref: 'Validator' },
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: {
            'Fn::Sub': `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${Function.Arn}/invocations`,
          },
        },
      },
    },
    [deployment]: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['Post', 'BadBody'],
      Properties: rest,
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      DependsOn: ['Account'],
      Properties: {
        ...rest,
        DeploymentId: { Ref: deployment },
        StageName: 'dev',
        MethodSettings: [
          {
            ResourcePath: '/*',
            HttpMethod: '*',
            LoggingLevel: 'ERROR',
            ThrottlingRateLimit: 100,
            ThrottlingBurstLimit: 200,
          },
        ],
        AccessLogSetting: {
          DestinationArn: { 'Fn::GetAtt': ['AccessLogs', 'Arn'] },
          Format: '{"status":"$context.status","path":"$context.path","error":"$context.error.responseType"}',
        },
      },
    },
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Throttle: { RateLimit: 100, BurstLimit: 100 },
      },
    },
    PlanKey: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
    },
  },
  Outputs: {
    Url: {
      Value: {
        'Fn::Join': ['/', [`${cloud.endpoint}/_aws/execute-api`, { Ref: 'Api' }, { Ref: 'Stage' }]],
      },
    },
    KeyId: { Value: { Ref: 'Key' } },
    Function: { Value: { Ref: 'Function' } },
    FunctionLogs: { Value: { Ref: 'FunctionLogs' } },
    AccessLogs: { Value: { Ref: 'AccessLogs' } },
  },
});

describe('a stack with an API and its function', () => {
  const outputs: Record<string, string> = {};
  let key = '';
  const post = (body: string) =>
    fetch(`${outputs.Url}/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body,
    });

  it('is created, and answers', async () => {
    const stack = await stacks.create('api', template('first', 'DeploymentA'), {
      Capabilities: ['CAPABILITY_IAM'],
    });
    const failures = (await stacks.story('api')).filter((line) => line.includes('FAILED'));
    expect([stack.StackStatus, failures]).toEqual(['CREATE_COMPLETE', []]);
    for (const { OutputKey = '', OutputValue = '' } of stack.Outputs ?? []) outputs[OutputKey] = OutputValue;
    const api = new APIGatewayClient(cloud.client());
    key = (await api.send(new GetApiKeyCommand({ apiKey: outputs.KeyId, includeValue: true }))).value ?? '';
    const good = await post('{"walls":[]}');
    expect([good.status, await good.text()]).toEqual([200, 'first']);
    const bad = await post('{}');
    expect([bad.status, await bad.json()]).toEqual([
      400,
      { error: '[object has missing required properties (["walls"])]' },
    ]);
  });

  it('writes the function’s log and the access log', async () => {
    const logs = new CloudWatchLogsClient(cloud.client());
    const lines = async (logGroupName: string | undefined, wanted: string) => {
      for (;;) {
        const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
        const found = events.map((event) => event.message?.trim() ?? '');
        if (found.some((line) => line.includes(wanted))) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect(await lines(outputs.FunctionLogs, 'REPORT')).toEqual([
      expect.stringMatching(/^START RequestId: /),
      expect.stringMatching(/\tINFO\tcalled \/jobs$/),
      expect.stringMatching(/^END RequestId: /),
      expect.stringMatching(/^REPORT RequestId: /),
    ]);
    expect((await lines(outputs.AccessLogs, '400')).map((line) => JSON.parse(line) as unknown)).toEqual([
      { status: '200', path: '/dev/jobs', error: '-' },
      { status: '400', path: '/dev/jobs', error: 'BAD_REQUEST_BODY' },
    ]);
  });

  it('is counted in CloudWatch', async () => {
    await cloud.clock.advance(120_000);
    const cloudwatch = new CloudWatchClient(cloud.client());
    const end = cloud.clock.now();
    const sum = async (Namespace: string, MetricName: string, Dimensions: Dimension[]) => {
      for (;;) {
        const { Datapoints = [] } = await cloudwatch.send(
          new GetMetricStatisticsCommand({
            Namespace,
            MetricName,
            Dimensions,
            StartTime: new Date(end - 600_000),
            EndTime: new Date(end),
            Period: 60,
            Statistics: ['Sum'],
          }),
        );
        if (Datapoints.length > 0) return Datapoints.reduce((all, one) => all + (one.Sum ?? 0), 0);
      }
    };
    const api = [
      { Name: 'ApiName', Value: 'stack' },
      { Name: 'Stage', Value: 'dev' },
    ];
    expect(await sum('AWS/ApiGateway', 'Count', api)).toBe(2);
    expect(await sum('AWS/ApiGateway', '4XXError', api)).toBe(1);
    const own = [{ Name: 'FunctionName', Value: outputs.Function }];
    expect(await sum('AWS/Lambda', 'Invocations', own)).toBe(1);
    expect(await sum('AWS/Lambda', 'Errors', own)).toBe(0);
  });

  it('is updated in place, the stage moving on to the new deployment', async () => {
    const stack = await stacks.update('api', template('second', 'DeploymentB'), {
      Capabilities: ['CAPABILITY_IAM'],
    });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    const answer = await post('{"walls":[]}');
    expect([answer.status, await answer.text()]).toEqual([200, 'second']);
  });

  it('leaves nothing behind when it is deleted', async () => {
    expect((await stacks.remove('api')).StackStatus).toBe('DELETE_COMPLETE');
    const { items = [] } = await new APIGatewayClient(cloud.client()).send(new GetRestApisCommand({}));
    const { Functions = [] } = await new LambdaClient(cloud.client()).send(new ListFunctionsCommand({}));
    expect([items, Functions]).toEqual([[], []]);
  });

  it('fails, naming what is not supported', async () => {
    const stack = await stacks
      .create('bad', {
        Resources: {
          Api: {
            Type: 'AWS::ApiGateway::RestApi',
            Properties: { Body: { openapi: '3.0.1', paths: {}, 'x-amazon-apigateway-cors': {} } },
          },
        },
      })
      .catch((error: unknown) => ({ StackStatus: 'REFUSED', StackStatusReason: String(error) }));
    expect(`${stack.StackStatus} ${stack.StackStatusReason}`).toContain(
      'x-amazon-apigateway-cors of an OpenAPI document',
    );
  });
});
