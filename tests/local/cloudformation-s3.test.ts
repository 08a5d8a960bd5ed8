import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
});
afterAll(() => cloud.dispose());

const put = (Key: string, Body: string | Uint8Array, Bucket = 'assets') =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const keys = async (Bucket: string) =>
  ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map((one) => one.Key);
const text = async (Bucket: string, Key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('a template in S3', () => {
  it('is read by its URL, in each form that AWS takes', async () => {
    await put('t.json', JSON.stringify({ Resources: { A: ssm('x') } }));
    const urls = [
      `${cloud.endpoint}/assets/t.json`,
      'https://assets.s3.us-east-1.amazonaws.com/t.json',
      'https://s3.us-east-1.amazonaws.com/assets/t.json',
      'https://assets.s3.amazonaws.com/t.json',
    ];
    for (const [index, TemplateURL] of urls.entries()) {
      const stack = await stacks.create(`by-url-${index}`, {}, { TemplateBody: undefined, TemplateURL });
      expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    }
    await expect(
      stacks.create(
        'no-object',
        {},
        { TemplateBody: undefined, TemplateURL: `${cloud.endpoint}/assets/none.json` },
      ),
    ).rejects.toThrow('S3 error: The specified key does not exist.');
  });
});

describe('a nested stack', () => {
  const child = (value: string) => ({
    Parameters: { Text: { Type: 'String' } },
    Resources: { Inner: ssm({ Ref: 'Text' }) },
    Outputs: { Answer: { Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Inner', 'Value'] }, value]] } } },
  });
  const parent = (key: string, more: object = {}) => ({
    Resources: {
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: `https://assets.s3.us-east-1.amazonaws.com/${key}`,
          Parameters: { Text: 'hello' },
        },
      },
      ...more,
    },
    Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Answer'] } } },
  });

  it('is created, updated and deleted with its parent, which sees its outputs', async () => {
    await put('child-1.json', JSON.stringify(child('!')));
    await put('child-2.json', JSON.stringify(child('?')));
    const made = await stacks.create('parent', parent('child-1.json'));
    expect(made).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Outputs: [{ OutputValue: 'hello!' }] });
    const { StackResources } = await stacks.client.send(
      new DescribeStackResourcesCommand({ StackName: 'parent' }),
    );
    const childId = StackResources?.[0]?.PhysicalResourceId ?? '';
    expect(await stacks.describe(childId)).toMatchObject({ ParentId: made.StackId, RootId: made.StackId });
    const updated = await stacks.update('parent', parent('child-2.json'));
    expect(updated).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Outputs: [{ OutputValue: 'hello?' }] });
    await stacks.remove('parent');
    expect((await stacks.describe(childId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('fails its parent with the reason, and both are taken back', async () => {
    await put(
      'child-bad.json',
      JSON.stringify({
        Parameters: { Text: { Type: 'String' } },
        Resources: { B: ssm('x', { Properties: { Type: 'String', Value: 'x', AllowedPattern: '^y$' } }) },
      }),
    );
    const failed = await stacks.create('bad-parent', parent('child-bad.json'));
    expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE');
    const story = (await stacks.story('bad-parent')).join('\n');
    expect(story).toContain('was not successfully created: The following resource(s) failed to create: [B].');
  });

  it('is refused before anything is made when its template has types that are not supported', async () => {
    await put('child-eks.json', JSON.stringify({ Resources: { C: { Type: 'AWS::EKS::Cluster' } } }));
    await expect(stacks.create('eks-parent', parent('child-eks.json'))).rejects.toThrow(
      'Child/C (AWS::EKS::Cluster): the resource type is not supported',
    );
  });
});

const role = (actions: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    Policies: [
      {
        PolicyName: 'p',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        },
      },
    ],
  },
});
/** What the CDK writes for a bucket deployment: a Python function that only stands for its role here. */
const deployment = (properties: object, actions: string[]) => ({
  Resources: {
    Role: role(actions),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'python3.13',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { S3Bucket: 'assets', S3Key: 'handler.zip' },
      },
    },
    Deployment: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] },
        SourceBucketNames: ['assets'],
        DestinationBucketName: 'site',
        ...properties,
      },
    },
  },
});
const iam = { Capabilities: ['CAPABILITY_IAM' as const] };

describe('a bucket deployment of the CDK', () => {
  const all = ['s3:*'];

  it('unzips, substitutes, prunes and sets metadata, under the role of its function', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'site' }));
    await put('handler.zip', zipSync({ 'index.py': strToU8('') }));
    await put(
      'one.zip',
      zipSync({
        'index.html': strToU8('<p>MARK</p>'),
        'assets/app.js': strToU8('1'),
        'draft.tmp': strToU8('x'),
      }),
    );
    await put('two.zip', zipSync({ 'index.html': strToU8('<p>two</p>') }));
    await put('keep/me.txt', 'kept', 'site');
    const properties = {
      SourceObjectKeys: ['one.zip'],
      SourceMarkers: [{ MARK: { 'Fn::Join': ['', ['to', 'ken']] } }],
      Exclude: ['*.tmp', 'keep/*'],
      SystemMetadata: { 'cache-control': 'max-age=60' },
      RetainOnDelete: false,
    };
    const stack = await stacks.create('site', deployment(properties, all), iam);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(await keys('site')).toEqual(['assets/app.js', 'index.html', 'keep/me.txt']);
    expect(await text('site', 'index.html')).toBe('<p>token</p>');
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'site', Key: 'index.html' }))).toMatchObject({
      ContentType: 'text/html',
      CacheControl: 'max-age=60',
    });
    await stacks.update('site', deployment({ ...properties, SourceObjectKeys: ['two.zip'] }, all), iam);
    expect(await keys('site')).toEqual(['index.html', 'keep/me.txt']);
    await stacks.remove('site');
    expect(await keys('site')).toEqual([]);
  });

  it('fails when that role may not write to the bucket', async () => {
    const stack = await stacks.create(
      'unfit',
      deployment({ SourceObjectKeys: ['two.zip'] }, ['s3:GetObject', 's3:ListBucket']),
      iam,
    );
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('unfit')).find((line) => line.startsWith('Deployment CREATE_FAILED'))).toMatch(
      /assumed-role\/unfit-Role-.*s3:PutObject/,
    );
  });

  it('refuses its function for any other use when its runtime cannot run', async () => {
    const { Resources } = deployment({ SourceObjectKeys: ['two.zip'] }, all);
    const logs = {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: { 'Fn::Sub': `/aws/lambda/\${Function}` } },
    };
    const unrunnable = {
      ...Resources.Function,
      Properties: { ...Resources.Function.Properties, Runtime: 'ruby3.3' },
    };
    const used = {
      Resources: { ...Resources, Function: unrunnable, Logs: logs, Name: ssm({ Ref: 'Function' }) },
    };
    await expect(stacks.create('misused', used, iam)).rejects.toThrow(
      /Function \(AWS::Lambda::Function\): Slipway does not support the runtime ruby3\.3.*\(Name use it\)/,
    );
  });
});

describe('a bucket that the CDK empties before it is deleted', () => {
  it('is emptied and deleted with its stack', async () => {
    const template = {
      Resources: {
        Role: role(['s3:*']),
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs22.x',
            Handler: 'index.handler',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Code: { ZipFile: 'exports.handler = async () => {};' },
          },
        },
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            BucketName: 'emptied',
            VersioningConfiguration: { Status: 'Enabled' },
            Tags: [{ Key: 'aws-cdk:auto-delete-objects', Value: 'true' }],
          },
        },
        Emptier: {
          Type: 'Custom::S3AutoDeleteObjects',
          Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, BucketName: { Ref: 'Bucket' } },
        },
      },
    };
    expect((await stacks.create('emptied', template, iam)).StackStatus).toBe('CREATE_COMPLETE');
    await put('a', '1', 'emptied');
    await put('a', '2', 'emptied');
    const gone = await stacks.remove('emptied');
    expect(gone.StackStatus).toBe('DELETE_COMPLETE');
    await expect(keys('emptied')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});
