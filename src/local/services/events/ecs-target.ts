/** A rule that runs tasks. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ecs-tutorial.html */
import type { RunTaskRequest } from '@aws-sdk/client-ecs';
import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsError, type Invoke } from '../../service.ts';

/** @param body what the target is given: the overrides of the task, if it is an object that has some */
export async function runTask(
  { Arn, EcsParameters: p = { TaskDefinitionArn: '' } }: Target,
  body: string,
  as: Invoke,
): Promise<void> {
  const { awsvpcConfiguration } = p.NetworkConfiguration ?? {};
  const answer = await as('ecs', 'RunTask', {
    cluster: Arn,
    taskDefinition: p.TaskDefinitionArn,
    count: p.TaskCount ?? 1,
    launchType: p.LaunchType,
    platformVersion: p.PlatformVersion,
    group: p.Group,
    enableExecuteCommand: p.EnableExecuteCommand,
    propagateTags: p.PropagateTags,
    ...(p.Tags ? { tags: p.Tags.map(({ Key, Value }) => ({ key: Key, value: Value })) } : {}),
    ...(awsvpcConfiguration
      ? {
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: awsvpcConfiguration.Subnets,
              securityGroups: awsvpcConfiguration.SecurityGroups,
              assignPublicIp: awsvpcConfiguration.AssignPublicIp,
            },
          },
        }
      : {}),
    ...overrides(body),
  });
  const [failure] = answer.failures ?? [];
  if (failure) throw new AwsError('InvalidParameterException', failure.reason ?? 'the task was not started');
}

function overrides(body: string): Pick<RunTaskRequest, 'overrides'> {
  const given = JSON.parse(body) as RunTaskRequest['overrides'];
  return given?.containerOverrides ? { overrides: given } : {};
}
