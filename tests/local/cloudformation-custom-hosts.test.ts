/** How functions answer custom resources: the response URL is one of AWS's host names, whatever client asks it. */
import { GetBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
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

const iam = { Capabilities: ['CAPABILITY_IAM' as const] };
const role = (statements: object[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    ...(statements.length > 0
      ? {
          Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        }
      : {}),
  },
});
const fn = (Runtime: string, ZipFile: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime,
    Handler: 'index.handler',
    Timeout: 30,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { ZipFile },
  },
});

const answer = `const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'made', StackId: event.StackId,
  RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, Data: { Host: new URL(event.ResponseURL).hostname } });`;
const pythonAnswer = `body = json.dumps({'Status': 'SUCCESS', 'PhysicalResourceId': 'made', 'StackId': event['StackId'],
    'RequestId': event['RequestId'], 'LogicalResourceId': event['LogicalResourceId'],
    'Data': {'Host': event['ResponseURL'].split('/')[2]}})`;

const clients: Readonly<Record<string, { readonly runtime: string; readonly code: string }>> = {
  'https.request with hostname and path': {
    runtime: 'nodejs22.x',
    code: `const https = require('https'); const url = require('url');
exports.handler = (event) => { ${answer}
  const { hostname, path } = url.parse(event.ResponseURL);
  return new Promise((resolve, reject) => {
    const request = https.request({ hostname, path, method: 'PUT', headers: { 'content-type': '', 'content-length': body.length } },
      (response) => { response.resume(); resolve(); });
    request.on('error', reject);
    request.end(body);
  });
};`,
  },
  fetch: {
    runtime: 'nodejs22.x',
    code: `exports.handler = async (event) => { ${answer} await fetch(event.ResponseURL, { method: 'PUT', body }); };`,
  },
  'cfn-response': {
    runtime: 'nodejs22.x',
    code: `const response = require('cfn-response');
exports.handler = (event, context) => response.send(event, context, response.SUCCESS, { Host: new URL(event.ResponseURL).hostname }, 'made');`,
  },
  urllib: {
    runtime: 'python3.12',
    code: `import json, urllib.request
def handler(event, context):
    ${pythonAnswer}
    urllib.request.urlopen(urllib.request.Request(event['ResponseURL'], body.encode(), method='PUT'))`,
  },
  'http.client': {
    runtime: 'python3.12',
    code: `import json, http.client
def handler(event, context):
    ${pythonAnswer}
    host, path = event['ResponseURL'][len('https://'):].split('/', 1)
    connection = http.client.HTTPSConnection(host)
    connection.request('PUT', '/' + path, body)
    connection.getresponse().read()`,
  },
  cfnresponse: {
    runtime: 'python3.12',
    code: `import cfnresponse
def handler(event, context):
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {'Host': event['ResponseURL'].split('/')[2]}, 'made')`,
  },
};

describe('a response URL', () => {
  it.each(Object.entries(clients))('is reached by %s', async (_, { runtime, code }) => {
    const name = `hosts-${Object.keys(clients).indexOf(_)}`;
    const made = await stacks.create(
      name,
      {
        Resources: {
          Role: role(),
          Provider: fn(runtime, code),
          Thing: {
            Type: 'Custom::Thing',
            Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ServiceTimeout: 30 },
          },
        },
        Outputs: { Host: { Value: { 'Fn::GetAtt': ['Thing', 'Host'] } } },
      },
      iam,
    );
    expect(await stacks.story(name)).toContain('Thing CREATE_COMPLETE');
    expect(made.Outputs?.[0]?.OutputValue).toMatch(
      /^cloudformation-custom-resource-response-.*amazonaws\.com$/,
    );
  });
});

describe("the CDK's bucket notifications", () => {
  it('are set, changed and taken away, beside those of others on a bucket that the app imported', async () => {
    const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
    const shown = async () => {
      const { QueueConfigurations = [] } = await s3.send(
        new GetBucketNotificationConfigurationCommand({ Bucket: 'notified' }),
      );
      return QueueConfigurations.map(({ Events, QueueArn }) => [
        QueueArn?.split(':').at(-1),
        Events?.[0],
      ]).sort();
    };
    const configurations = (queue: string, event: string) => ({
      QueueConfigurations: [{ Events: [event], QueueArn: { 'Fn::GetAtt': [queue, 'Arn'] } }],
    });
    const notifications = (managed: boolean, queue: string, event: string, after: string[] = []) => ({
      Type: 'Custom::S3BucketNotifications',
      DependsOn: ['Policy', ...after],
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] },
        BucketName: { Ref: 'Bucket' },
        NotificationConfiguration: configurations(queue, event),
        Managed: managed,
      },
    });
    const base = {
      Role: role([
        { Effect: 'Allow', Action: ['s3:PutBucketNotification', 's3:GetBucketNotification'], Resource: '*' },
      ]),
      // Never run: its runtime is not even one of this machine.
      Provider: fn('python3.14', 'def handler(event, context): raise Exception("run")'),
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'notified' } },
      Ours: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'ours' } },
      Others: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'others' } },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Ours' }, { Ref: 'Others' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 's3.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: [{ 'Fn::GetAtt': ['Ours', 'Arn'] }, { 'Fn::GetAtt': ['Others', 'Arn'] }],
              },
            ],
          },
        },
      },
      First: notifications(true, 'Others', 's3:ObjectCreated:*'),
    };
    const withSecond = (event: string) => ({
      Resources: { ...base, Second: notifications(false, 'Ours', event, ['First']) },
    });
    await stacks.create('notified', withSecond('s3:ObjectRemoved:*'), iam);
    expect(await shown()).toEqual([
      ['others', 's3:ObjectCreated:*'],
      ['ours', 's3:ObjectRemoved:*'],
    ]);
    await stacks.update('notified', withSecond('s3:ObjectTagging:*'), iam);
    expect(await shown()).toEqual([
      ['others', 's3:ObjectCreated:*'],
      ['ours', 's3:ObjectTagging:*'],
    ]);
    await stacks.update('notified', { Resources: base }, iam);
    expect(await shown()).toEqual([['others', 's3:ObjectCreated:*']]);
    await stacks.remove('notified');
  });
});
