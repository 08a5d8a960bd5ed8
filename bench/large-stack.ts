/** A stack of 500 resources through CreateStack: queues, topics, log groups, tables and roles. */
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';

interface Target {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const many = (count: number, name: string, Type: string, Properties?: object) =>
  Array.from({ length: count }, (_, i): [string, object] => [
    `${name}${i}`,
    Properties ? { Type, Properties } : { Type },
  ]);

/** More tables and roles would not fit into the 51,200 bytes that CreateStack takes. */
const TemplateBody = JSON.stringify({
  Resources: Object.fromEntries([
    ...many(120, 'Queue', 'AWS::SQS::Queue'),
    ...many(110, 'Topic', 'AWS::SNS::Topic'),
    ...many(110, 'Logs', 'AWS::Logs::LogGroup', { RetentionInDays: 7 }),
    ...many(80, 'Table', 'AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
    ...many(80, 'Role', 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    }),
  ]),
});

/** @returns ms from CreateStack to CREATE_COMPLETE */
export async function largeStack(target: Target): Promise<number> {
  const client = new CloudFormationClient(target);
  const StackName = 'bench-large';
  const begun = performance.now();
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks?.[0]?.StackStatus;
    if (status === 'CREATE_COMPLETE') break;
    if (status !== 'CREATE_IN_PROGRESS')
      throw new Error(`the stack is ${status}: ${Stacks?.[0]?.StackStatusReason}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const took = performance.now() - begun;
  await client.send(new DeleteStackCommand({ StackName }));
  return took;
}
