/**
 * The targets of rules. Each is reached as the events service on behalf of the rule: its resource policy decides.
 * Targets that nothing here takes messages for are refused by name when they are put.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */

import type { Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../core/arn.ts';
import { type AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';

const honoured = new Set([
  'Arn',
  'Id',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
  'SqsParameters',
]);

export function* targetProblems(env: ServiceEnvironment, target: Target): Generator<AwsError> {
  const { Arn = '', Id, DeadLetterConfig } = target;
  // The only bus here is the one that the rule is on.
  if (!env.canDeliver(Arn) || parseArn(Arn)?.service === 'events') yield unsupported(`the target ${Arn}`);
  const deadLetters = DeadLetterConfig?.Arn;
  if (deadLetters !== undefined && !(parseArn(deadLetters)?.service === 'sqs' && env.canDeliver(deadLetters)))
    yield unsupported(`the dead-letter queue ${deadLetters} of the target ${Id}`);
  for (const [name, value] of Object.entries(target))
    if (!honoured.has(name) && value !== undefined) yield unsupported(`${name} of the target ${Id}`);
}
