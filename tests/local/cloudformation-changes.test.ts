import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListChangeSetsCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
let parameters: SSMClient;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  parameters = new SSMClient(cloud.client());
});
afterAll(() => cloud.dispose());

const value = async (Name: string | undefined) =>
  (await parameters.send(new GetParameterCommand({ Name }))).Parameter?.Value;
const named = (Name: string, Value: unknown) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Name, Value },
});

describe('a change set', () => {
  it('says per resource what would be done, and why, without doing it', async () => {
    const template = (name: string, text: string, extra: object) => ({
      Parameters: { Text: { Type: 'String', Default: text } },
      Resources: {
        Same: ssm('same'),
        Changed: ssm({ Ref: 'Text' }),
        Replaced: named(name, 'x'),
        Follows: ssm({ Ref: 'Replaced' }),
        ...extra,
      },
    });
    await stacks.create('planned', template('/planned/one', 'a', { Gone: ssm('gone') }));
    const set = await stacks.changeSet(
      'planned',
      'UPDATE',
      template('/planned/two', 'b', { New: ssm('new') }),
    );
    const byId = Object.fromEntries(
      (set.Changes ?? []).map(({ ResourceChange: one }) => [one?.LogicalResourceId, one]),
    );
    expect(Object.keys(byId).sort()).toEqual(['Changed', 'Follows', 'Gone', 'New', 'Replaced']);
    expect(byId.Changed).toMatchObject({
      Action: 'Modify',
      Replacement: 'False',
      Scope: ['Properties'],
      Details: [
        {
          Target: { Attribute: 'Properties', Name: 'Value', RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'ParameterReference',
          CausingEntity: 'Text',
        },
      ],
    });
    expect(byId.Replaced).toMatchObject({
      Action: 'Modify',
      Replacement: 'True',
      PolicyAction: 'ReplaceAndDelete',
      PhysicalResourceId: '/planned/one',
      Details: [{ Target: { Name: 'Name', RequiresRecreation: 'Always' } }],
    });
    expect(byId.Follows).toMatchObject({
      Action: 'Modify',
      Replacement: 'False',
      Details: [{ Evaluation: 'Dynamic', ChangeSource: 'ResourceReference', CausingEntity: 'Replaced' }],
    });
    expect(byId.New).toMatchObject({ Action: 'Add', ResourceType: 'AWS::SSM::Parameter' });
    expect(byId.Gone).toMatchObject({ Action: 'Remove', PolicyAction: 'Delete' });
    expect(await value('/planned/one')).toBe('x');
    const detailed = await stacks.client.send(
      new DescribeChangeSetCommand({ ChangeSetName: set.ChangeSetId, IncludePropertyValues: true }),
    );
    const changed = detailed.Changes?.find((one) => one.ResourceChange?.LogicalResourceId === 'Changed');
    expect(changed?.ResourceChange?.Details?.[0]?.Target).toMatchObject({
      BeforeValue: 'a',
      AfterValue: 'b',
    });
    expect((await stacks.execute(set)).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await value('/planned/two')).toBe('x');
  });

  it('fails in AWS words when nothing would change, and cannot be executed', async () => {
    const template = { Resources: { A: ssm('x') } };
    await stacks.create('unchanged', template);
    const set = await stacks.changeSet('unchanged', 'UPDATE', template);
    expect(set.Status).toBe('FAILED');
    expect(set.StatusReason).toMatch(/^The submitted information didn't contain changes\./);
    await expect(
      stacks.client.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId })),
    ).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });

  it('counts changed outputs and tags as changes', async () => {
    const template = (text: string) => ({ Resources: { A: ssm('x') }, Outputs: { O: { Value: text } } });
    await stacks.create('outputs-only', template('one'));
    const set = await stacks.changeSet('outputs-only', 'UPDATE', template('two'));
    expect(set).toMatchObject({ Status: 'CREATE_COMPLETE' });
    const stack = await stacks.execute(set);
    expect(stack.Outputs).toEqual([{ OutputKey: 'O', OutputValue: 'two' }]);
    const tagged = await stacks.changeSet('outputs-only', 'UPDATE', template('two'), {
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(tagged.Status).toBe('CREATE_COMPLETE');
    expect((await stacks.execute(tagged)).Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  });

  it('is obsolete once the stack went on without it, and gone once deleted', async () => {
    await stacks.create('raced', { Resources: { A: ssm('one') } });
    const set = await stacks.changeSet('raced', 'UPDATE', { Resources: { A: ssm('two') } });
    await stacks.update('raced', { Resources: { A: ssm('three') } });
    const { Summaries } = await stacks.client.send(new ListChangeSetsCommand({ StackName: 'raced' }));
    expect(Summaries).toMatchObject([{ ChangeSetId: set.ChangeSetId, ExecutionStatus: 'OBSOLETE' }]);
    const found = { StackName: 'raced', ChangeSetName: set.ChangeSetName };
    await stacks.client.send(new DeleteChangeSetCommand(found));
    await expect(stacks.client.send(new DescribeChangeSetCommand(found))).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
    });
  });

  it('refuses imports of resources by name', async () => {
    await expect(
      stacks.client.send(
        new CreateChangeSetCommand({
          StackName: 'imports',
          ChangeSetName: 'c',
          ChangeSetType: 'IMPORT',
          TemplateBody: '{"Resources":{}}',
        }),
      ),
    ).rejects.toThrow('Slipway does not support change sets of type IMPORT');
  });
});

describe('exports', () => {
  it('are imported by other stacks, and cannot be taken from under them', async () => {
    const producer = (text: string, more: object = {}) => ({
      Resources: { A: ssm('x') },
      Outputs: { O: { Value: text, Export: { Name: 'shared-name' } }, ...more },
    });
    await stacks.create('producer', producer('v1'));
    await stacks.create('consumer', { Resources: { B: ssm({ 'Fn::ImportValue': 'shared-name' }) } });
    expect(await value((await stacks.resource('consumer', 'B'))?.PhysicalResourceId)).toBe('v1');
    expect((await stacks.client.send(new ListExportsCommand({}))).Exports).toMatchObject([
      { Name: 'shared-name', Value: 'v1' },
    ]);
    expect((await stacks.client.send(new ListImportsCommand({ ExportName: 'shared-name' }))).Imports).toEqual(
      ['consumer'],
    );
    const changed = await stacks.update('producer', producer('v2'));
    expect(changed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await stacks.story('producer')).join('\n')).toContain(
      'Cannot update export shared-name as it is in use by consumer.',
    );
    const kept = await stacks.remove('producer');
    expect(kept.StackStatus).toBe('DELETE_FAILED');
    expect(kept.StackStatusReason).toContain('Cannot delete export shared-name as it is in use by consumer.');
    await stacks.remove('consumer');
    expect((await stacks.remove('producer')).StackStatus).toBe('DELETE_COMPLETE');
    expect((await stacks.client.send(new ListExportsCommand({}))).Exports ?? []).toEqual([]);
  });

  it('must exist and be unique', async () => {
    await expect(
      stacks.create('importless', { Resources: { B: ssm({ 'Fn::ImportValue': 'nowhere' }) } }),
    ).rejects.toThrow('No export named nowhere found.');
    const template = {
      Resources: { A: ssm('x') },
      Outputs: { O: { Value: 'v', Export: { Name: 'taken' } } },
    };
    await stacks.create('first-taker', template);
    const second = await stacks.create('second-taker', template);
    expect(second.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('second-taker')).join('\n')).toContain(
      'Export with name taken is already exported by stack first-taker.',
    );
  });
});

describe('wait conditions', () => {
  it('complete once their handle is signalled, with the data of the signals', async () => {
    const creating = stacks.create('waits', {
      Resources: {
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        Condition: {
          Type: 'AWS::CloudFormation::WaitCondition',
          Properties: { Handle: { Ref: 'Handle' }, Timeout: '60' },
        },
      },
      Outputs: { Data: { Value: { 'Fn::GetAtt': ['Condition', 'Data'] } } },
    });
    let url: string | undefined;
    while (!url) url = (await stacks.resource('waits', 'Handle').catch(() => undefined))?.PhysicalResourceId;
    const signal = { Status: 'SUCCESS', UniqueId: 'one', Data: 'hello', Reason: 'done' };
    expect((await fetch(url, { method: 'PUT', body: JSON.stringify(signal) })).status).toBe(200);
    const stack = await creating;
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack.Outputs?.[0]?.OutputValue).toBe('{"one":"hello"}');
  });

  it('fail when their time is over', async () => {
    const creating = stacks.create('waits-in-vain', {
      Resources: {
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        Condition: {
          Type: 'AWS::CloudFormation::WaitCondition',
          Properties: { Handle: { Ref: 'Handle' }, Timeout: '600' },
        },
      },
    });
    while (!(await stacks.resource('waits-in-vain', 'Condition').catch(() => undefined)));
    await cloud.clock.advance(600_000);
    expect((await creating).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('waits-in-vain')).join('\n')).toContain('WaitCondition timed out');
  });
});

describe('reading stacks', () => {
  it('answers templates as they were given, summaries and lists', async () => {
    const template = {
      Description: 'read me',
      Parameters: { P: { Type: 'String', Default: 'd' } },
      Resources: { A: ssm({ Ref: 'P' }, { Metadata: { note: 'n' } }) },
    };
    await stacks.create('read', template);
    const { TemplateBody } = await stacks.client.send(new GetTemplateCommand({ StackName: 'read' }));
    expect(JSON.parse(TemplateBody ?? '')).toEqual(template);
    const summary = await stacks.client.send(new GetTemplateSummaryCommand({ StackName: 'read' }));
    expect(summary).toMatchObject({ ResourceTypes: ['AWS::SSM::Parameter'], Description: 'read me' });
    const { StackResourceSummaries } = await stacks.client.send(
      new ListStackResourcesCommand({ StackName: 'read' }),
    );
    expect(StackResourceSummaries).toMatchObject([
      { LogicalResourceId: 'A', ResourceStatus: 'CREATE_COMPLETE' },
    ]);
    const { StackSummaries = [] } = await stacks.client.send(
      new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }),
    );
    expect(StackSummaries.map((one) => one.StackName)).toContain('read');
    const { OperationEvents = [] } = await stacks.client.send(
      new DescribeEventsCommand({ StackName: 'read' }),
    );
    expect(OperationEvents[0]).toMatchObject({
      ResourceStatus: 'CREATE_COMPLETE',
      LogicalResourceId: 'read',
    });
  });

  it('validates a template without deploying it', async () => {
    const bad = JSON.stringify({ Resources: { A: ssm({ Ref: 'Nobody' }) } });
    await expect(stacks.client.send(new ValidateTemplateCommand({ TemplateBody: bad }))).rejects.toThrow(
      'Unresolved resource dependencies [Nobody]',
    );
  });

  it('protects a stack from deletion while termination protection is on', async () => {
    await stacks.create('protected', { Resources: { A: ssm('x') } }, { EnableTerminationProtection: true });
    await expect(stacks.remove('protected')).rejects.toThrow(
      'Stack [protected] cannot be deleted while TerminationProtection is enabled',
    );
    await stacks.client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'protected', EnableTerminationProtection: false }),
    );
    expect((await stacks.remove('protected')).StackStatus).toBe('DELETE_COMPLETE');
  });
});

describe('a change set by a name that was used before', () => {
  it('is made again once the first one was executed, which its ARN still tells', async () => {
    const make = async (ChangeSetType: 'CREATE' | 'UPDATE', text: string) => {
      const TemplateBody = JSON.stringify({ Resources: { A: ssm(text) } });
      const given = { StackName: 'again', ChangeSetName: 'cs', ChangeSetType, TemplateBody };
      const { Id } = await stacks.client.send(new CreateChangeSetCommand(given));
      await stacks.client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
      const stack = await stacks.settled('again');
      expect(stack.LastUpdatedTime).toBeInstanceOf(Date);
      return { Id, status: stack.StackStatus };
    };
    const first = await make('CREATE', 'one');
    expect(first.status).toBe('CREATE_COMPLETE');
    expect((await make('UPDATE', 'two')).status).toBe('UPDATE_COMPLETE');
    expect((await make('UPDATE', 'three')).status).toBe('UPDATE_COMPLETE');
    const { client } = stacks;
    expect((await client.send(new ListChangeSetsCommand({ StackName: 'again' }))).Summaries).toEqual([]);
    const described = await client.send(new DescribeChangeSetCommand({ ChangeSetName: first.Id }));
    expect(described.ExecutionStatus).toBe('EXECUTE_COMPLETE');
    await expect(
      client.send(new DescribeChangeSetCommand({ StackName: 'again', ChangeSetName: 'cs' })),
    ).rejects.toThrow('ChangeSet [cs] does not exist');
  });

  it('creates a stack without resources, when their conditions are false', async () => {
    const set = await stacks.changeSet('bare', 'CREATE', {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { A: ssm('x', { Condition: 'Never' }) },
    });
    expect(set.Status).toBe('CREATE_COMPLETE');
    expect((await stacks.execute(set)).StackStatus).toBe('CREATE_COMPLETE');
  });
});

describe('an update', () => {
  it('has something to do when only a policy is written out', async () => {
    const template = (more: object) => ({
      Parameters: { P: { Type: 'String' } },
      Resources: { A: ssm({ Ref: 'P' }, { ...more }) },
    });
    const given = [{ ParameterKey: 'P', ParameterValue: 'x' }];
    await stacks.create('policy', template({ UpdateReplacePolicy: 'Delete' }), { Parameters: given });
    const updated = await stacks.update('policy', template({}), {
      Parameters: [{ ParameterKey: 'P', UsePreviousValue: true }],
    });
    expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
    await expect(
      stacks.update('policy', template({}), { Parameters: [{ ParameterKey: 'P', UsePreviousValue: true }] }),
    ).rejects.toThrow('No updates are to be performed.');
  });
});

describe('what is not there', () => {
  const StackName = 'not-there';
  const ChangeSetName = 'cs';
  it.each([
    [new DescribeStacksCommand({ StackName }), 'Stack with id not-there does not exist'],
    [new ListStackResourcesCommand({ StackName }), 'Stack with id not-there does not exist'],
    [new GetTemplateCommand({ StackName }), 'Stack with id not-there does not exist'],
    [new DescribeStackEventsCommand({ StackName }), 'Stack [not-there] does not exist'],
    [new UpdateStackCommand({ StackName, TemplateBody: '{}' }), 'Stack [not-there] does not exist'],
    [new ListChangeSetsCommand({ StackName }), 'Stack [not-there] does not exist'],
    [new DescribeChangeSetCommand({ StackName, ChangeSetName }), 'Stack [not-there] does not exist'],
    [new DeleteChangeSetCommand({ StackName, ChangeSetName }), 'Stack [not-there] does not exist'],
    [
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'A' }),
      "Stack 'not-there' does not exist",
    ],
    [
      new DescribeChangeSetCommand({ ChangeSetName }),
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    ],
    [new GetTemplateCommand({}), 'StackName is required if ChangeSetName is not specified.'],
  ])('is told in the words of %o', async (command, message) => {
    await expect(stacks.client.send(command as DescribeStacksCommand)).rejects.toMatchObject({ message });
  });
});
