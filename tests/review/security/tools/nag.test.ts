import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { architectureOfTemplate, readArchitecture } from '../../../../src/architecture/index.ts';
import type { Finding } from '../../../../src/review/finding.ts';
import { openTools, type ToolResults } from '../../../../src/review/security/tools/index.ts';
import { nagResults } from '../../../../src/review/security/tools/nag.ts';
import { openWorker } from '../../../../src/review/security/tools/tool-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-nag-test-'));
const tools = openTools({ validate: false });
const allPacks = openTools({
  validate: false,
  nagPacks: ['AwsSolutions', 'HIPAA', 'NIST', 'PCI', 'Serverless'],
});
afterAll(async () => {
  await Promise.all([tools.close(), allPacks.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const check = (resources: object, more: object = {}, with_ = tools): Promise<ToolResults> =>
  with_.check(architectureOfTemplate(JSON.stringify({ ...more, Resources: resources })));

const findingsOf = ({ results }: ToolResults, rule?: string): Finding[] =>
  results.flatMap(({ findings }) => findings).filter((one) => rule === undefined || one.rule === rule);

const verdictOf = ({ results }: ToolResults, rule: string) =>
  results.find((one) => one.rule === rule)?.verdict;

const open = {
  Type: 'AWS::S3::Bucket',
  Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
};

const queueNamed = (other: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: { Ref: other } },
});

const policy = (statement: object) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'p',
    Roles: ['r'],
    PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] },
  },
});

test('a finding names the resource, the construct, the weight, the reason and the change', async () => {
  const result = await check({
    Open: { ...open, Metadata: { 'aws:cdk:path': 'App/Uploads/Bucket/Resource' } },
  });
  const [found] = findingsOf(result, 'AwsSolutions-S2');
  expect(found).toMatchObject({
    source: 'cdk-nag',
    area: 'security',
    severity: 'high',
    title: 'The S3 Bucket does not have public access restricted and blocked.',
    fix: expect.stringContaining('PublicAccessBlockConfiguration'),
    resource: { id: 'template/Open', logicalId: 'Open', constructPath: 'App/Uploads/Bucket/Resource' },
    fingerprint: 'AwsSolutions-S2|template/Open',
  });
  expect(found?.why).not.toBe('');
});

test('error is medium and warning low where no row says otherwise; backups are about recovery', async () => {
  const result = await check({
    Queue: { Type: 'AWS::SQS::Queue' },
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
  });
  expect(findingsOf(result, 'AwsSolutions-SQS3')).toMatchObject([{ area: 'recovery', severity: 'medium' }]);
  expect(findingsOf(result, 'AwsSolutions-KMS5')).toMatchObject([{ area: 'security', severity: 'medium' }]);
});

test('each rule has one of the four verdicts', async () => {
  const result = await check({
    Logged: {
      Type: 'AWS::S3::Bucket',
      Properties: { LoggingConfiguration: { DestinationBucketName: 'logs' } },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'x',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }],
      },
    },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  });
  expect(verdictOf(result, 'AwsSolutions-S1')).toBe('pass');
  expect(verdictOf(result, 'AwsSolutions-S10')).toBe('findings');
  expect(verdictOf(result, 'AwsSolutions-RDS2')).toBe('not-applicable');
  expect(verdictOf(result, 'AwsSolutions-EC23')).toBe('cannot-tell');
});

test('what a rule could not resolve is named, not reported as a violation', async () => {
  const result = await check({
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'x',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } }],
      },
    },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  });
  expect(findingsOf(result, 'AwsSolutions-EC23')).toEqual([]);
  const [unclear] = result.results.find(({ rule }) => rule === 'AwsSolutions-EC23')?.unclear ?? [];
  expect(unclear?.resource?.id).toBe('template/Group');
  expect(unclear?.because).toContain('CidrBlock');
});

test('a granular rule gives one finding per action and resource, however often it is written', async () => {
  const twice = { Action: ['s3:*', 's3:*'], Resource: ['*', '*'] };
  const found = findingsOf(await check({ Policy: policy(twice) }), 'AwsSolutions-IAM5');
  expect(found.map(({ fingerprint }) => fingerprint)).toEqual([
    'AwsSolutions-IAM5|template/Policy|Action::s3:*',
    'AwsSolutions-IAM5|template/Policy|Resource::*',
  ]);
  expect(found[0]?.title).toMatch(/: action s3:\*\.$/);
});

test('a parameter’s default is what a rule sees', async () => {
  const queue = (encrypted: string) =>
    check(
      {
        Volume: {
          Type: 'AWS::EC2::Volume',
          Properties: { AvailabilityZone: 'a', Encrypted: { Ref: 'Encrypted' } },
        },
      },
      { Parameters: { Encrypted: { Type: 'String', Default: encrypted } } },
    );
  expect(verdictOf(await queue('true'), 'AwsSolutions-EC26')).toBe('pass');
  expect(verdictOf(await queue('false'), 'AwsSolutions-EC26')).toBe('findings');
});

test('a resource that the CDK does not take is named in the run, and the others are checked', async () => {
  const result = await check({
    Odd: { Type: 'AWS::S3::Bucket', Properties: { Tags: { 'Fn::Nonsense': 'x' } } },
    Open: open,
    Own: { Type: 'Custom::Thing', Properties: { ServiceToken: 'arn' } },
    Dangling: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { Ref: 'Nowhere' } },
      DependsOn: 'NotThere',
    },
  });
  expect(result.runs).toMatchObject([
    { name: 'cdk-nag', outcome: 'ran', version: '3.0.2', packs: ['AwsSolutions'] },
  ]);
  expect(result.runs[0]?.because).toMatch(/^template\/Odd was not checked: .*Fn::Nonsense/);
  expect(result.runs[0]?.resources).toBe(3);
  expect(findingsOf(result, 'AwsSolutions-S2').map(({ resource }) => resource?.logicalId)).toEqual(['Open']);
  expect(findingsOf(result, 'AwsSolutions-SQS3').map(({ resource }) => resource?.logicalId)).toEqual([
    'Dangling',
  ]);
});

test.each<[string, object, object]>([
  ['nothing', {}, {}],
  ['an unknown type', { A: { Type: 'Foo::Bar::Baz', Properties: { x: [1, null] } } }, {}],
  ['a transform', { A: { Type: 'AWS::Serverless::Function' } }, { Transform: 'AWS::Serverless-2016-10-31' }],
  ['a circle', { A: queueNamed('B'), B: queueNamed('A') }, {}],
  [
    'a condition on a parameter that is not there',
    {
      A: {
        Type: 'AWS::SQS::Queue',
        Condition: 'C',
        Properties: { QueueName: { 'Fn::If': ['D', 'a', 'b'] } },
      },
    },
    { Conditions: { C: { 'Fn::Equals': [{ Ref: 'Nope' }, 'x'] } } },
  ],
  [
    'properties of the wrong form',
    { A: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: 'no' } } },
    {},
  ],
])('a template with %s is checked as far as it can be', async (_, resources, more) => {
  const { runs } = await check({ ...resources, Open: open }, more);
  expect(runs[0]?.outcome).toBe('ran');
  expect(runs[0]?.resources).toBeGreaterThan(0);
});

test('a tool that is not installed could not run, and says what to install', async () => {
  const worker = openWorker({ tool: 'cdk-nag', from: [folder] });
  const answer = await worker.ask({ tool: 'cdk-nag', input: { from: [folder], packs: [], templates: [] } });
  await worker.close();
  if (answer.outcome === 'ran') throw new Error('cdk-nag was found in an empty folder');
  expect(answer.outcome).toBe('missing');
  const { run, results } = nagResults(architectureOfTemplate('{"Resources":{}}'), answer, ['AwsSolutions']);
  expect(results).toEqual([]);
  expect(run).toMatchObject({
    outcome: 'could-not-run',
    rules: 0,
    because: expect.stringContaining('npm install'),
  });
});

test('an older cdk-nag of the app is not used: the one beside Slipway runs, or the report says what to install', async () => {
  const app = mkdtempSync(join(folder, 'older-'));
  const older = join(app, 'node_modules', 'cdk-nag');
  mkdirSync(older, { recursive: true });
  writeFileSync(join(older, 'package.json'), '{"name":"cdk-nag","version":"2.37.0","main":"index.js"}');
  writeFileSync(join(older, 'index.js'), 'throw new Error("loaded")');
  const beside = openTools({ validate: false, appFolder: app });
  const { runs } = await beside.check(architectureOfTemplate(JSON.stringify({ Resources: { Open: open } })));
  await beside.close();
  expect(runs[0]).toMatchObject({ outcome: 'ran', version: expect.stringMatching(/^3\./) });

  const worker = openWorker({ tool: 'cdk-nag', from: [app] });
  const answer = await worker.ask({ tool: 'cdk-nag', input: { from: [app], packs: [], templates: [] } });
  await worker.close();
  expect(answer).toEqual({
    outcome: 'failed',
    because: 'cdk-nag is installed in version 2.37.0, expected 3: npm install --save-dev cdk-nag@3',
  });
});

test('stacks with the same logical ids are kept apart, nested ones among them', async () => {
  const bucket = { Resources: { Open: open } };
  const nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: {},
    Metadata: { 'aws:asset:path': 'child.json' },
  };
  writeFileSync(join(folder, 'child.json'), JSON.stringify(bucket));
  const file = join(folder, 'parent.json');
  writeFileSync(file, JSON.stringify({ Resources: { ...bucket.Resources, Child: nested } }));
  const result = await tools.check(await readArchitecture(file));
  expect(
    findingsOf(result, 'AwsSolutions-S2')
      .map(({ resource }) => resource?.id)
      .sort(),
  ).toEqual(['parent-Child/Open', 'parent/Open']);
});

test('a rule that several packs have is reported once, by the first, with the other names', async () => {
  const result = await check({ Open: open }, {}, allPacks);
  const [logging, ...more] = findingsOf(result).filter(({ rule, alsoReportedBy }) =>
    [rule, ...(alsoReportedBy ?? [])].includes('PCI.DSS.321-S3BucketLoggingEnabled'),
  );
  expect(more).toEqual([]);
  expect(logging?.rule).toBe('AwsSolutions-S1');
  expect(logging?.alsoReportedBy).toContain('HIPAA.Security-S3BucketLoggingEnabled');
  const versioning = findingsOf(result).filter(({ rule }) => rule.endsWith('S3BucketVersioningEnabled'));
  expect(versioning.map(({ rule }) => rule)).toEqual(['HIPAA.Security-S3BucketVersioningEnabled']);
  expect(versioning[0]?.fix).not.toBe('');
});

test('an unchanged template is answered from the cache folder, with the same findings', async () => {
  const cached = openTools({ validate: false, cacheFolder: join(folder, 'cache') });
  const first = await check({ Open: open }, {}, cached);
  await cached.close();
  const again = openTools({ validate: false, cacheFolder: join(folder, 'cache') });
  const second = await check({ Open: open }, {}, again);
  const changed = await check({ Other: open }, {}, again);
  await again.close();
  expect(second.results).toEqual(first.results);
  expect(findingsOf(changed, 'AwsSolutions-S2').map(({ resource }) => resource?.logicalId)).toEqual([
    'Other',
  ]);
});

test('the door of a public load balancer on 80 and 443 is worth a note; any other open group is grave', async () => {
  const open = (ports: readonly number[]) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'x',
      SecurityGroupIngress: ports.map((port) => ({
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        CidrIp: '0.0.0.0/0',
      })),
    },
  });
  const balancer = (group: string, Scheme: string) => ({
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Scheme, SecurityGroups: [{ 'Fn::GetAtt': [group, 'GroupId'] }] },
  });
  const result = await check({
    Front: open([80, 443]),
    FrontBalancer: balancer('Front', 'internet-facing'),
    Debug: open([443, 8080]),
    DebugBalancer: balancer('Debug', 'internet-facing'),
    Inner: open([443]),
    InnerBalancer: balancer('Inner', 'internal'),
    Nobody: open([443]),
  });
  const severities = findingsOf(result, 'AwsSolutions-EC23').map(({ resource, severity }) => [
    resource?.logicalId,
    severity,
  ]);
  expect(Object.fromEntries(severities)).toEqual({
    Front: 'info',
    Debug: 'high',
    Inner: 'high',
    Nobody: 'high',
  });
});

test('a managed policy of AWS is called by its name', async () => {
  const arn = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]],
  });
  const result = await check({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [] },
        ManagedPolicyArns: [arn('service-role/AWSLambdaBasicExecutionRole'), arn('AmazonS3FullAccess')],
      },
    },
  });
  expect(findingsOf(result, 'AwsSolutions-IAM4').map(({ title, severity }) => [title, severity])).toEqual([
    ['The role, user or group uses an AWS managed policy: AWSLambdaBasicExecutionRole.', 'low'],
    ['The role, user or group uses an AWS managed policy: AmazonS3FullAccess.', 'medium'],
  ]);
});

test('the dead-letter queue of a function or a subscription needs none of its own', async () => {
  const arn = { 'Fn::GetAtt': ['OfFunction', 'Arn'] };
  const result = await check({
    OfFunction: { Type: 'AWS::SQS::Queue' },
    OfTopic: { Type: 'AWS::SQS::Queue' },
    Plain: { Type: 'AWS::SQS::Queue' },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { ZipFile: 'x' }, Role: 'r', DeadLetterConfig: { TargetArn: arn } },
    },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: 't',
        Protocol: 'sqs',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['OfTopic', 'Arn'] } },
      },
    },
  });
  const found = findingsOf(result, 'AwsSolutions-SQS3').map(({ resource }) => resource?.logicalId);
  expect(found).toEqual(['Plain']);
});
