/** State machines of tests, with a role that may do everything unless said otherwise. */
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { TestCloud } from './harness.ts';

export interface States {
  readonly sfn: SFNClient;
  readonly roleArn: string;
  /** Creates a machine of this definition; answers its ARN. */
  create(definition: object, given?: Partial<CreateStateMachineCommandInput>): Promise<string>;
  /** Starts it and waits for its end. */
  run(machine: string, input?: unknown): Promise<DescribeExecutionCommandOutput>;
  ended(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  history(executionArn: string): Promise<readonly HistoryEvent[]>;
}

export async function makeRole(
  cloud: TestCloud,
  name: string,
  statements: readonly object[],
): Promise<string> {
  const iam = new IAMClient(cloud.client());
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: name,
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  );
  return Role?.Arn ?? '';
}

export async function statesOf(cloud: TestCloud, existingRole?: string): Promise<States> {
  const sfn = new SFNClient({ ...cloud.client(), disableHostPrefix: true });
  const roleArn =
    existingRole ?? (await makeRole(cloud, 'machines', [{ Effect: 'Allow', Action: '*', Resource: '*' }]));
  let made = 0;

  async function ended(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    for (;;) {
      const found = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (found.status !== 'RUNNING') return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  return {
    sfn,
    roleArn,
    ended,
    async create(definition, given) {
      const { stateMachineArn = '' } = await sfn.send(
        new CreateStateMachineCommand({
          name: `machine-${++made}`,
          definition: JSON.stringify(definition),
          roleArn,
          ...given,
        }),
      );
      return stateMachineArn;
    },
    async run(machine, input = {}) {
      const { executionArn = '' } = await sfn.send(
        new StartExecutionCommand({ stateMachineArn: machine, input: JSON.stringify(input) }),
      );
      return ended(executionArn);
    },
    async history(executionArn) {
      const { events = [] } = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
      );
      return events;
    },
  };
}
