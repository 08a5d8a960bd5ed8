/**
 * Which container definitions can be run as a process here; everything else is refused by name.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { type AwsError, unsupported } from '../../service.ts';
import { clientError } from './errors.ts';

/**
 * Kept without effect: `user` where there are no views (every process runs as you), `hostname`, `dockerLabels`, `ulimits` and `cpu` (the
 * machine is shared), `memoryReservation`, `startTimeout` (used for dependencies only), `versionConsistency`.
 */
const taken = new Set([
  ...['name', 'image', 'cpu', 'memory', 'memoryReservation', 'portMappings', 'essential', 'entryPoint'],
  ...['command', 'environment', 'secrets', 'dependsOn', 'startTimeout', 'stopTimeout', 'hostname', 'user'],
  ...['workingDirectory', 'readonlyRootFilesystem', 'dockerLabels', 'ulimits', 'logConfiguration'],
  ...['healthCheck', 'linuxParameters', 'versionConsistency'],
]);
/** Asked for nothing when empty or false. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.values(value).every(isNothing));

export function* containerProblems(
  container: ContainerDefinition,
  executionRole: string | undefined,
): Generator<AwsError> {
  const { name = '', image = '' } = container;
  if (!/^[\w-]{1,255}$/.test(name)) yield clientError(`Invalid container name: ${name}`);
  if (image === '') yield clientError('Container.image should not be null or empty.');
  for (const [key, value] of Object.entries(container))
    if (!taken.has(key) && !isNothing(value)) yield unsupported(`${key} of the container ${name}`);

  // An init process reaps children of the command; here the operating system's own does.
  for (const [key, value] of Object.entries(container.linuxParameters ?? {}))
    if (key !== 'initProcessEnabled' && !isNothing(value))
      yield unsupported(`linuxParameters.${key} of the container ${name}`);
  for (const { containerPort, hostPort } of container.portMappings ?? [])
    if (hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort)
      yield clientError(
        `When networkMode=awsvpc, the host ports and container ports in port mappings must match.`,
      );
  yield* logProblems(container, executionRole);
  if (/\.dkr\.ecr\./.test(image) && !executionRole)
    yield clientError('Fargate requires task definition to have execution role ARN to support ECR images.');
  if (container.secrets?.length && !executionRole)
    yield clientError(
      'When you are specifying container secrets, you must also specify a value for executionRoleArn.',
    );
  const [kind] = container.healthCheck?.command ?? [];
  if (container.healthCheck && kind !== 'CMD' && kind !== 'CMD-SHELL' && kind !== 'NONE')
    yield clientError(
      `Container ${name}: the health check's command must start with CMD, CMD-SHELL or NONE, not ${kind}.`,
    );
  const { stopTimeout } = container;
  if (stopTimeout !== undefined && (stopTimeout < 2 || stopTimeout > 120))
    yield clientError(`Invalid stopTimeout value ${stopTimeout}. Must be between 2 and 120 seconds.`);
}

const logOptions = new Set([
  ...['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix', 'awslogs-create-group', 'mode'],
  'max-buffer-size',
]);

function* logProblems(
  { name, logConfiguration: logs }: ContainerDefinition,
  executionRole: string | undefined,
): Generator<AwsError> {
  if (!logs) return;
  if (logs.logDriver !== 'awslogs')
    return yield unsupported(`the log driver ${logs.logDriver} of the container ${name}`);
  if (logs.secretOptions?.length)
    yield unsupported(`secretOptions of the log driver of the container ${name}`);
  if (!executionRole)
    yield clientError(
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    );
  for (const option of Object.keys(logs.options ?? {}))
    if (!logOptions.has(option)) yield unsupported(`the log option ${option} of the container ${name}`);
  for (const needed of ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix'])
    if (!logs.options?.[needed])
      yield clientError(`Log driver awslogs requires options: ${needed} (container ${name}).`);
}
