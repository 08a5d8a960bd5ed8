import { afterAll, beforeAll, expect, test } from 'vitest';
import { architectureOfTemplate } from '../../../../src/architecture/index.ts';
import { openTools, type ToolResults } from '../../../../src/review/security/tools/index.ts';
import { withoutRules } from '../../../../src/review/security/tools/validate.ts';

const tools = openTools({ nagPacks: [] });
afterAll(() => tools.close());

const template = {
  Resources: {
    Old: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:cdk:path': 'App/Old/Resource' },
      Properties: {
        Runtime: 'nodejs12.x',
        Handler: 'index.handler',
        Code: { ZipFile: 'x' },
        Role: 'arn:aws:iam::123456789012:role/r',
      },
    },
    Ssh: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'x',
        VpcId: 'vpc-12345678',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }],
      },
    },
    Wrong: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } },
  },
};

let result: ToolResults;
beforeAll(async () => {
  result = await tools.check(architectureOfTemplate(JSON.stringify(template)));
});

const resultOf = (rule: string) => result.results.find((one) => one.rule === rule);

test('the run says version, rules and what was left out', () => {
  expect(result.runs).toMatchObject([
    { name: 'cloudformation-validate', outcome: 'ran', resources: 3, version: expect.stringMatching(/^1\./) },
  ]);
  expect(result.runs[0]?.rules).toBe(result.results.length);
  expect(result.results.map(({ rule }) => rule)).not.toEqual(expect.arrayContaining([...withoutRules]));
});

test('a retired runtime is a grave finding on its construct', () => {
  expect(resultOf('E2533')?.findings).toMatchObject([
    {
      source: 'cloudformation-validate',
      area: 'security',
      severity: 'high',
      resource: { id: 'template/Old', constructPath: 'App/Old/Resource' },
      evidence: [{ at: 'template/Old/Properties/Runtime' }],
      fingerprint: 'E2533|template/Old|Properties.Runtime',
    },
  ]);
});

test('an open port is a finding of security', () => {
  expect(resultOf('W2508')?.findings).toMatchObject([
    { area: 'security', severity: 'high', resource: { logicalId: 'Ssh' } },
  ]);
});

test('what CloudFormation would refuse is a finding about the template', () => {
  const found = resultOf('F3012')?.findings ?? [];
  expect(found).toMatchObject([{ area: 'template', severity: 'high', resource: { logicalId: 'Wrong' } }]);
  expect(found[0]?.evidence[0]?.at).toBe('template/Wrong/Properties/VisibilityTimeout');
  expect(found[0]?.why).toContain('CloudFormation refuses the template');
});

test('data that nobody decided about is a finding of recovery, in words of ours', () => {
  expect(resultOf('I3011')?.findings).toMatchObject([
    {
      area: 'recovery',
      severity: 'low',
      title: 'Nothing says what becomes of its data when it is deleted or replaced.',
      resource: { logicalId: 'Wrong' },
    },
  ]);
});

test('a rule without findings passes', () => {
  expect(resultOf('W9011')).toMatchObject({ verdict: 'pass', checked: 3, findings: [] });
});

test('values that the CDK puts where a lookup was not done are no findings; other wrong ids are, with their property', async () => {
  const group = (VpcId: string) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'x', VpcId },
  });
  const { results } = await tools.check(
    architectureOfTemplate(
      JSON.stringify({ Resources: { Dummy: group('vpc-12345'), Wrong: group('vpc-xxxx') } }),
    ),
  );
  const found = results.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'E1151');
  expect(found.map(({ resource, title }) => [resource?.logicalId, title])).toEqual([
    ['Wrong', "VpcId: 'vpc-xxxx' does not match format 'AWS::EC2::VPC.Id'."],
  ]);
  expect(found[0]?.fix).toBe('Set Properties/VpcId to a value that is allowed.');
});

test('ports that another resource gives are there', async () => {
  const ingress = (ports: object) => ({
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { IpProtocol: 'tcp', CidrIp: '10.0.0.0/8', GroupId: 'sg-12345678', ...ports },
  });
  const port = { 'Fn::GetAtt': ['Db', 'Endpoint.Port'] };
  const { results } = await tools.check(
    architectureOfTemplate(
      JSON.stringify({
        Resources: {
          Db: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-mysql' } },
          Given: ingress({ FromPort: port, ToPort: port }),
          Without: ingress({}),
        },
      }),
    ),
  );
  const found = results.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'E3687');
  expect(found.map(({ resource }) => resource?.logicalId)).toEqual(['Without']);
});
