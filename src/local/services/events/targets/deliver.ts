/**
 * Delivery to the targets that are known here, each through the other service's own API as the events service on
 * behalf of the rule: its resource policy decides. Other targets are refused by name when they are put.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */
import type { Target } from '@aws-sdk/client-eventbridge';
import { type ServiceEnvironment, unsupported } from '../../../service.ts';

const serviceOf = (arn = '') => arn.split(':')[2] ?? '';
const known = new Set(['sns', 'sqs', 'lambda']);

export function checkTarget(target: Target): void {
  const { Arn = '', Id, SqsParameters: _, ...rest } = target;
  if (!known.has(serviceOf(Arn))) throw unsupported(`the target ${Arn}: SNS, SQS and Lambda are known`);
  const honoured = new Set(['Input', 'InputPath', 'InputTransformer', 'RetryPolicy', 'DeadLetterConfig']);
  for (const [name, value] of Object.entries(rest))
    if (!honoured.has(name) && value !== undefined) throw unsupported(`${name} of the target ${Id}`);
}

export async function deliver(
  env: ServiceEnvironment,
  { Arn = '', SqsParameters }: Target,
  ruleArn: string,
  input: string,
): Promise<void> {
  const invoke = env.asService('events.amazonaws.com', ruleArn);
  switch (serviceOf(Arn)) {
    case 'sns':
      await invoke('sns', 'Publish', { TopicArn: Arn, Message: input });
      return;
    case 'sqs':
      await invoke('sqs', 'SendMessage', {
        QueueUrl: queueUrl(env, Arn),
        MessageBody: input,
        MessageGroupId: SqsParameters?.MessageGroupId,
      });
      return;
    default:
      await invoke('lambda', 'Invoke', {
        FunctionName: Arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
      });
  }
}

export const queueUrl = (env: ServiceEnvironment, arn: string) =>
  `${env.endpoint}/${env.accountId}/${arn.split(':')[5]}`;
