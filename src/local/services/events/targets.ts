/**
 * The targets of rules. Each is reached under its role, or as the events service on behalf of the rule: then its
 * resource policy decides.
 * Targets that nothing here takes messages for are refused by name when they are put.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 */

import type { Target } from '@aws-sdk/client-eventbridge';
import { isRoleArn, parseArn } from '../../../core/arn.ts';
import { AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';
import { isBusArn } from './store.ts';

const honoured = new Set([
  'Arn',
  'Id',
  'Input',
  'InputPath',
  'InputTransformer',
  'RetryPolicy',
  'DeadLetterConfig',
  'SqsParameters',
  'RoleArn',
  'EcsParameters',
]);

/** Of a target that runs tasks. */
const ecsHonoured = new Set([
  ...['TaskDefinitionArn', 'TaskCount', 'LaunchType', 'NetworkConfiguration', 'PlatformVersion', 'Group'],
  ...['EnableExecuteCommand', 'PropagateTags', 'Tags', 'EnableECSManagedTags'],
]);

const isCluster = (arn: string) => {
  const { service, resource = '' } = parseArn(arn) ?? {};
  return service === 'ecs' && resource.startsWith('cluster/');
};

export function* targetProblems(env: ServiceEnvironment, target: Target): Generator<AwsError> {
  const { Arn = '', Id, DeadLetterConfig, RoleArn, EcsParameters } = target;
  if (isCluster(Arn)) yield* taskProblems(target);
  else if (EcsParameters)
    yield new AwsError('ValidationException', `Parameter(s) EcsParameters not valid for target ${Id}.`);
  else if (!env.canDeliver(Arn)) yield unsupported(`the target ${Arn}`);
  if (RoleArn !== undefined && !isRoleArn(RoleArn))
    yield new AwsError(
      'ValidationException',
      `Provided role ${RoleArn} of the target ${Id} is not the ARN of a role.`,
    );
  // A state machine has no policy that could let EventBridge in, and another bus wants a role as well.
  if ((parseArn(Arn)?.service === 'states' || isBusArn(Arn)) && !RoleArn)
    yield new AwsError('ValidationException', `RoleArn is required for target ${Arn}.`);
  const deadLetters = DeadLetterConfig?.Arn;
  if (deadLetters !== undefined && !(parseArn(deadLetters)?.service === 'sqs' && env.canDeliver(deadLetters)))
    yield unsupported(`the dead-letter queue ${deadLetters} of the target ${Id}`);
  for (const [name, value] of Object.entries(target))
    if (!honoured.has(name) && value !== undefined) yield unsupported(`${name} of the target ${Id}`);
}

function* taskProblems({ Id, Arn, RoleArn, EcsParameters: parameters }: Target): Generator<AwsError> {
  if (!parameters)
    return yield new AwsError('ValidationException', `Missing EcsParameters for target ${Id}.`);
  if (!RoleArn) yield new AwsError('ValidationException', `RoleArn is required for target ${Arn}.`);
  for (const [name, value] of Object.entries(parameters))
    if (!ecsHonoured.has(name) && value !== undefined)
      yield unsupported(`EcsParameters.${name} of the target ${Id}`);
}
