/**
 * Kept types are held to AWS's schema, answer Ref and every attribute in AWS's forms, and promise nothing: no service
 * here has a call that reads one.
 */
import { DescribeTypeCommand, ListTypesCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLimits, loadSpec } from '../../src/architecture/schema/specs.ts';
import { keptTypeClasses } from '../../src/local/kept/types.ts';
import { services } from '../../src/local/services/registry.ts';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { sampleProperties } from './sample-properties.ts';
import { send, signHeaders } from './signing.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const types = [...keptTypeClasses.keys()].sort();
const capabilities = { Capabilities: ['CAPABILITY_AUTO_EXPAND' as const, 'CAPABILITY_NAMED_IAM' as const] };

/** What AWS asks for beyond its schema, or for which a text can only be written by hand. */
const properties: Readonly<Record<string, object>> = {
  'AWS::Budgets::BudgetsAction': {
    ...{ BudgetName: 'b', NotificationType: 'ACTUAL', ActionType: 'APPLY_IAM_POLICY' },
    ...{
      ActionThreshold: { Value: 1, Type: 'PERCENTAGE' },
      ExecutionRoleArn: 'arn:aws:iam::123456789012:role/a',
    },
    ...{ Subscribers: [{ Type: 'EMAIL', Address: 'a@example.com' }], Definition: {} },
  },
  'AWS::Detective::MemberInvitation': {
    ...{ MemberId: '123456789012', MemberEmailAddress: 'a@example.com' },
    GraphArn: `arn:aws:detective:us-east-1:123456789012:graph:${'a1'.repeat(16)}`,
  },
  'AWS::EC2::FlowLog': { ResourceId: 'vpc-1', ResourceType: 'VPC', LogDestination: 'arn:aws:s3:::b' },
  'AWS::EC2::NatGateway': { SubnetId: 'subnet-1', AllocationId: 'eipalloc-1' },
  'AWS::EC2::Route': { RouteTableId: 'rtb-1', GatewayId: 'igw-1', DestinationCidrBlock: '0.0.0.0/0' },
  'AWS::EC2::SecurityGroupEgress': { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
  'AWS::EC2::SecurityGroupIngress': { GroupId: 'sg-1', IpProtocol: '-1', CidrIp: '0.0.0.0/0' },
  'AWS::EC2::Subnet': { VpcId: 'vpc-1', CidrBlock: '10.1.0.0/24' },
  'AWS::EC2::VPC': { CidrBlock: '10.0.0.0/16' },
  'AWS::EC2::VPCEndpoint': { VpcId: 'vpc-1', ServiceName: 'com.amazonaws.us-east-1.s3' },
  'AWS::EC2::VPCGatewayAttachment': { VpcId: 'vpc-1', InternetGatewayId: 'igw-1' },
  ...Object.fromEntries(
    [
      ['ChannelAssociation', { Arn: 'arn:aws:chatbot::123456789012:chat-configuration/slack-channel/a' }],
      ['EventRule', { EventType: 'a', Regions: ['us-east-1'], Source: 'aws.ec2' }],
      ['OrganizationalUnitAssociation', { OrganizationalUnitId: 'r-abcd' }],
    ].map(([name, more]) => [
      `AWS::Notifications::${name}`,
      {
        NotificationConfigurationArn: `arn:aws:notifications::123456789012:configuration/${'a1b'.repeat(9)}`,
        ...Object(more),
      },
    ]),
  ),
  ...Object.fromEntries(
    [
      ['AccountContactAssociation', { ContactIdentifier: 'ACCOUNT_PRIMARY' }],
      [
        'AdditionalChannelAssociation',
        { ChannelArn: 'arn:aws:chatbot::123456789012:chat-configuration/slack-channel/a' },
      ],
    ].map(([name, more]) => [
      `AWS::Notifications::ManagedNotification${name}`,
      {
        ManagedNotificationConfigurationArn:
          'arn:aws:notifications::123456789012:managed-notification-configuration/category/AWS-Health/sub-category/Billing',
        ...Object(more),
      },
    ]),
  ),
};

/** A template has 200 outputs at most. */
const batches = Array.from({ length: Math.ceil(types.length / 100) }, (_, at) =>
  types.slice(at * 100, at * 100 + 100),
);

describe('every kept type', () => {
  it.each(batches.map((batch) => [batch[0], batch] as const))(
    'is made, answers Ref and each attribute, and is deleted: %s and on',
    async (first, batch) => {
      const entries = await Promise.all(
        batch.map(async (Type, index) => {
          const { attributes = [] } = (await loadSpec(Type)) ?? {};
          const Properties = properties[Type] ?? (await sampleProperties(Type));
          return { id: `R${index}`, Type, Properties, attributes };
        }),
      );
      const name = `all-${first?.replace(/\W/g, '')}`;
      const stack = await stacks.create(
        name,
        {
          Transform: 'AWS::LanguageExtensions',
          Resources: Object.fromEntries(
            entries.map(({ id, Type, Properties }) => [id, { Type, Properties }]),
          ),
          Outputs: Object.fromEntries(
            entries.map(({ id, attributes }) => [
              id,
              {
                Value: {
                  'Fn::ToJsonString': [
                    { Ref: id },
                    ...attributes.map((one) => ({ 'Fn::GetAtt': [id, one] })),
                  ],
                },
              },
            ]),
          ),
        },
        capabilities,
      );
      expect((await stacks.story(name)).filter((line) => /FAILED|ROLLBACK/.test(line))).toEqual([]);
      const shown = new Map((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
      for (const { id, Type, attributes } of entries) {
        const [ref, ...values] = JSON.parse(shown.get(id) ?? '[]');
        expect(ref, Type).toMatch(/^.+$/);
        const given = Object.keys((await loadSpec(Type))?.properties ?? {});
        for (const [index, attribute] of attributes.entries()) {
          const value = values[index];
          expect(value, `${Type}.${attribute}`).not.toBeUndefined();
          expect(String(value), `${Type}.${attribute}`).not.toMatch(/undefined|\{\w+\}/);
          // A property that the template does not give is empty.
          if (/(^|[a-z.])Arn$/.test(attribute) && !given.includes(attribute))
            expect(value, `${Type}.${attribute}`).toMatch(/^arn:aws:[a-z0-9-]+:/);
        }
      }
      expect((await stacks.remove(name)).StackStatus).toBe('DELETE_COMPLETE');
    },
    120_000,
  );
});

describe('what a kept type does on AWS', () => {
  /** Calls of AWS's handlers that read something else: what the resource refers to, or anybody's tags. */
  const others: Readonly<Record<string, RegExp>> = {
    'AWS::CloudFront::AnycastIpList': /:ListTagsForResource$/,
    'AWS::EC2::VPCPeeringConnection': /^sts:AssumeRole$/,
    'AWS::RUM::AppMonitor': /^(dynamodb|logs|s3):/,
    'AWS::SSO::Assignment': /^iam:ListRolePolicies$/,
    'AWS::ServiceCatalog::CloudFormationProduct': /^s3:GetObject$/,
  };
  const isOther = (type: string, action: string) =>
    action === 'ssm:ListTagsForResource' || others[type]?.test(action) === true;

  it('is asked of no service here: none has a call that AWS reads it by', async () => {
    const answered: string[] = [];
    for (const type of types)
      for (const action of (await loadLimits(type)).reads ?? []) {
        const [prefix, operation] = action.split(':');
        const entry = services.find((one) => one.signingName === prefix || one.id === prefix);
        if (!entry || isOther(type, action)) continue;
        const { service } = await cloud.load(entry.id);
        if (service.operations.some(({ name }) => name === operation)) answered.push(`${type} ${action}`);
      }
    expect(answered).toEqual([]);
  });

  it('is refused by name when a service is asked that is not here', async () => {
    const prefixes = new Set<string>();
    for (const type of types)
      for (const action of (await loadLimits(type)).reads ?? []) prefixes.add(action.split(':')[0] ?? '');
    const absent = [...prefixes].filter(
      (one) => !services.some((s) => s.signingName === one || s.id === one),
    );
    expect(absent.length).toBeGreaterThan(60);
    const host = new URL(cloud.endpoint).host;
    const statuses = await Promise.all(
      absent.map(async (service) => {
        const draft = { method: 'POST', path: '/', service, body: '{}' };
        const { headers } = signHeaders(draft, host, cloud.credentials);
        const { status } = await send(cloud.port, { ...draft, headers });
        return `${service} ${status}`;
      }),
    );
    expect(statuses).toEqual(absent.map((service) => `${service} 501`));
  });
});

describe('a kept resource', () => {
  const vault = (Properties: object) => ({ Vault: { Type: 'AWS::Backup::BackupVault', Properties } });
  const physical = async (stack: string, id: string) =>
    (await stacks.resource(stack, id))?.PhysicalResourceId ?? '';

  it('is updated in place, and replaced where AWS cannot change it', async () => {
    const group = (Description: string, more: object = {}) => ({
      Resources: {
        Gateway: { Type: 'AWS::EC2::TransitGateway', Properties: { Description, ...more } },
        ...vault({ BackupVaultName: 'first' }),
      },
    });
    await stacks.create('lives', group('one'));
    const made = await physical('lives', 'Gateway');
    expect(made).toMatch(/^tgw-0[0-9a-f]{16}$/);
    await stacks.update('lives', group('two'));
    expect(await physical('lives', 'Gateway')).toBe(made);
    await stacks.update('lives', group('two', { AmazonSideAsn: 65000 }));
    expect(await physical('lives', 'Gateway')).not.toBe(made);
  });

  it('has a name that no other stack can take', async () => {
    await stacks.create('holder', { Resources: vault({ BackupVaultName: 'taken' }) });
    expect(await physical('holder', 'Vault')).toBe('taken');
    const other = await stacks.create('other', { Resources: vault({ BackupVaultName: 'taken' }) });
    expect(other.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('other')).join('\n')).toContain('taken already exists in stack');
  });

  it('is refused where what it does would be called or asked by name', async () => {
    const made = stacks.create('asked', {
      Resources: {
        Zone: {
          Type: 'AWS::Route53::HostedZone',
          Properties: { Name: 'svc.internal', VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'us-east-1' }] },
        },
        Rule: {
          Type: 'AWS::Config::ConfigRule',
          Properties: {
            Source: {
              Owner: 'CUSTOM_LAMBDA',
              SourceIdentifier: 'arn:aws:lambda:us-east-1:123456789012:function:f',
            },
          },
        },
      },
    });
    await expect(made).rejects.toThrow(/Zone .*private hosted zone[\s\S]*Rule .*CUSTOM_LAMBDA/);
  });
});

const rule = (more: object) => ({
  ...{ HTTPMethod: '*', Host: '*', URLPath: '*', ResourceARN: '*', ServiceName: '*', ServiceType: '*' },
  ...more,
});

describe('properties are held to the schema', () => {
  const cases: readonly (readonly [type: string, properties: object, says: string])[] = [
    [
      'Backup::BackupVault',
      { BackupVaultName: 'no spaces' },
      '#/BackupVaultName: failed validation constraint for keyword [pattern]',
    ],
    [
      'EC2::VPCEndpoint',
      { VpcId: 'v', VpcEndpointType: 'Door', ServiceName: 's' },
      '#/VpcEndpointType: failed validation constraint for keyword [enum]',
    ],
    [
      'EC2::VPCEndpoint',
      { VpcId: 'v', ServiceName: 's', SubnetIds: ['a', 'a'], VpcEndpointType: 'Interface' },
      '#/SubnetIds: array items are not unique',
    ],
    [
      'XRay::SamplingRule',
      { SamplingRule: { Priority: 10000 } },
      '#/SamplingRule/Priority: failed validation constraint for keyword [maximum]',
    ],
    [
      'SSM::MaintenanceWindow',
      { Name: 'ab', AllowUnassociatedTargets: true, Cutoff: 0, Duration: 1, Schedule: 'rate(1 day)' },
      '#/Name: expected minLength: 3, actual: 2',
    ],
    [
      'SSM::MaintenanceWindow',
      {
        Name: 'abc',
        AllowUnassociatedTargets: true,
        Cutoff: 0,
        Duration: '1',
        Schedule: 'rate(1 day)',
        Size: 1,
      },
      '#: extraneous key [Size] is not permitted',
    ],
    [
      'Chatbot::SlackChannelConfiguration',
      { ConfigurationName: 'c', IamRoleArn: 'arn:aws:iam::123456789012:role/a' },
      '#: required key [SlackChannelId] not found',
    ],
    [
      'SQS::Queue',
      { DelaySeconds: 901 },
      '#/DelaySeconds: failed validation constraint for keyword [maximum]',
    ],
    [
      'Lambda::Alias',
      { Name: 'a', FunctionName: 'f', FunctionVersion: '1', Description: 'x'.repeat(257) },
      '#/Description: expected maxLength: 256, actual: 257',
    ],
  ];
  it.each(cases)('%s %j is refused: %s', async (type, Properties, says) => {
    const made = stacks.create('wrong', { Resources: { R: { Type: `AWS::${type}`, Properties } } });
    await expect(made).rejects.toThrow(says);
  });

  it('takes numbers and booleans as text, one value for a list, and what only a deployment can tell', async () => {
    const stack = await stacks.create('taken', {
      Parameters: { Type: { Type: 'String', Default: 'Gateway' } },
      Resources: {
        Endpoint: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: {
            VpcId: 'vpc-1',
            ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
            VpcEndpointType: { Ref: 'Type' },
            RouteTableIds: 'rtb-1',
            PrivateDnsEnabled: 'False',
          },
        },
        Rule: {
          Type: 'AWS::XRay::SamplingRule',
          Properties: { SamplingRule: rule({ Priority: '100', FixedRate: '0.5', ReservoirSize: '1' }) },
        },
      },
    });
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  });
});

describe('the registry', () => {
  it("describes AWS's types by their schemas, and lists them", async () => {
    const described = await stacks.client.send(
      new DescribeTypeCommand({ Type: 'RESOURCE', TypeName: 'AWS::Backup::BackupVault' }),
    );
    expect(described).toMatchObject({
      Arn: 'arn:aws:cloudformation:us-east-1::type/resource/AWS-Backup-BackupVault',
      ...{ ProvisioningType: 'FULLY_MUTABLE', Visibility: 'PUBLIC', DeprecatedStatus: 'LIVE' },
    });
    expect(JSON.parse(described.Schema ?? '{}')).toMatchObject({
      ...{ typeName: 'AWS::Backup::BackupVault', primaryIdentifier: ['/properties/BackupVaultName'] },
      properties: { BackupVaultName: { type: 'string', pattern: '^[a-zA-Z0-9\\-\\_]{2,50}$' } },
      required: ['BackupVaultName'],
      createOnlyProperties: expect.arrayContaining(['/properties/BackupVaultName']),
    });
    const list = new ListTypesCommand({ Visibility: 'PUBLIC', Filters: { TypeNamePrefix: 'AWS::XRay::' } });
    const { TypeSummaries = [] } = await stacks.client.send(list);
    expect(TypeSummaries.map((one) => one.TypeName)).toContain('AWS::XRay::Group');
    expect((await stacks.client.send(new ListTypesCommand({}))).TypeSummaries ?? []).toEqual([]);
    const unknown = new DescribeTypeCommand({ Type: 'RESOURCE', TypeName: 'AWS::No::Such' });
    await expect(stacks.client.send(unknown)).rejects.toThrow("The type 'AWS::No::Such' cannot be found.");
  });
});
