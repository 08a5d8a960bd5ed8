/** What the CloudFormation tests share: deploying a template through the front door and waiting for its end. */
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
  type StackEvent,
  type StackResource,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import type { TestCloud } from './harness.ts';

type Template = Readonly<Record<string, unknown>>;

export interface Deployer {
  readonly client: CloudFormationClient;
  create(name: string, template: Template, more?: Partial<CreateStackCommandInput>): Promise<Stack>;
  update(name: string, template: Template, more?: Partial<UpdateStackCommandInput>): Promise<Stack>;
  remove(name: string): Promise<Stack>;
  describe(name: string): Promise<Stack>;
  /** Waits until nothing runs on the stack any more. */
  settled(name: string): Promise<Stack>;
  /** `LogicalId STATUS` and the reason, oldest first. */
  story(name: string): Promise<string[]>;
  events(name: string): Promise<StackEvent[]>;
  resource(name: string, logicalId: string): Promise<StackResource | undefined>;
  changeSet(
    name: string,
    type: 'CREATE' | 'UPDATE',
    template: Template,
    more?: Partial<CreateStackCommandInput>,
  ): Promise<DescribeChangeSetOutput>;
  execute(changeSet: DescribeChangeSetOutput): Promise<Stack>;
}

export function deployer(cloud: TestCloud): Deployer {
  const client = new CloudFormationClient(cloud.client());
  const text = (template: Template) => JSON.stringify(template);
  let count = 0;

  const describe = async (name: string): Promise<Stack> => {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (!stack) throw new Error(`no stack ${name}`);
    return stack;
  };
  const settled = async (name: string): Promise<Stack> => {
    for (;;) {
      const stack = await describe(name);
      if (!stack.StackStatus?.endsWith('_IN_PROGRESS')) return stack;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const events = async (name: string): Promise<StackEvent[]> => {
    const all: StackEvent[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new DescribeStackEventsCommand({ StackName: name, NextToken }));
      all.push(...(page.StackEvents ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return all.reverse();
  };

  return {
    client,
    describe,
    settled,
    events,
    async create(name, template, more = {}) {
      const { StackId = '' } = await client.send(
        new CreateStackCommand({ StackName: name, TemplateBody: text(template), ...more }),
      );
      return settled(StackId);
    },
    async update(name, template, more = {}) {
      await client.send(new UpdateStackCommand({ StackName: name, TemplateBody: text(template), ...more }));
      return settled(name);
    },
    async remove(name) {
      const { StackId = '' } = await describe(name);
      await client.send(new DeleteStackCommand({ StackName: name }));
      return settled(StackId);
    },
    async story(name) {
      return (await events(name)).map((one) =>
        [one.LogicalResourceId, one.ResourceStatus, one.ResourceStatusReason].filter(Boolean).join(' '),
      );
    },
    async resource(name, logicalId) {
      const { StackResources = [] } = await client.send(
        new DescribeStackResourcesCommand({ StackName: name }),
      );
      return StackResources.find((one) => one.LogicalResourceId === logicalId);
    },
    async changeSet(name, type, template, more = {}) {
      const { Id, StackId } = await client.send(
        new CreateChangeSetCommand({
          ...more,
          StackName: name,
          ChangeSetName: `change-${++count}`,
          ChangeSetType: type,
          TemplateBody: text(template),
        }),
      );
      return client.send(new DescribeChangeSetCommand({ ChangeSetName: Id, StackName: StackId }));
    },
    async execute({ ChangeSetId, StackId = '' }) {
      await client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId, StackName: StackId }));
      return settled(StackId);
    },
  };
}

/** An SSM parameter: the smallest resource that really is made, changed and deleted. */
export const ssm = (Value: unknown, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value },
  ...more,
});
