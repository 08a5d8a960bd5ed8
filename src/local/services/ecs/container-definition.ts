/**
 * Which container definitions can be run as a process here; everything else is refused by name.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 */
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { unsupported } from '../../service.ts';
import { clientError } from './errors.ts';

/**
 * Kept without effect: `user` (every process runs as you), `hostname`, `dockerLabels`, `ulimits` and `cpu` (the
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

export function checkContainer(container: ContainerDefinition, executionRole: string | undefined): void {
  const { name = '', image = '' } = container;
  if (!/^[\w-]{1,255}$/.test(name)) throw clientError(`Invalid container name: ${name}`);
  if (image === '') throw clientError('Container.image should not be null or empty.');
  for (const [key, value] of Object.entries(container))
    if (!taken.has(key) && !isNothing(value)) throw unsupported(`${key} of the container ${name}`);

  // An init process reaps children of the command; here the operating system's own does.
  for (const [key, value] of Object.entries(container.linuxParameters ?? {}))
    if (key !== 'initProcessEnabled' && !isNothing(value))
      throw unsupported(`linuxParameters.${key} of the container ${name}`);
  for (const { containerPort, hostPort } of container.portMappings ?? [])
    if (hostPort !== undefined && hostPort !== 0 && hostPort !== containerPort)
      throw clientError(
        `When networkMode=awsvpc, the host ports and container ports in port mappings must match.`,
      );
  checkLogs(container, executionRole);
  if (/\.dkr\.ecr\./.test(image) && !executionRole)
    throw clientError('Fargate requires task definition to have execution role ARN to support ECR images.');
  if (container.secrets?.length && !executionRole)
    throw clientError(
      'When you are specifying container secrets, you must also specify a value for executionRoleArn.',
    );
  const [kind] = container.healthCheck?.command ?? [];
  if (container.healthCheck && kind !== 'CMD' && kind !== 'CMD-SHELL' && kind !== 'NONE')
    throw clientError(
      `Container ${name}: the health check's command must start with CMD, CMD-SHELL or NONE, not ${kind}.`,
    );
  const { stopTimeout } = container;
  if (stopTimeout !== undefined && (stopTimeout < 2 || stopTimeout > 120))
    throw clientError(`Invalid stopTimeout value ${stopTimeout}. Must be between 2 and 120 seconds.`);
}

const logOptions = new Set([
  ...['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix', 'awslogs-create-group', 'mode'],
  'max-buffer-size',
]);

function checkLogs({ name, logConfiguration: logs }: ContainerDefinition, executionRole?: string): void {
  if (!logs) return;
  if (logs.logDriver !== 'awslogs')
    throw unsupported(`the log driver ${logs.logDriver} of the container ${name}`);
  if (logs.secretOptions?.length)
    throw unsupported(`secretOptions of the log driver of the container ${name}`);
  if (!executionRole)
    throw clientError(
      'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
    );
  for (const option of Object.keys(logs.options ?? {}))
    if (!logOptions.has(option)) throw unsupported(`the log option ${option} of the container ${name}`);
  for (const needed of ['awslogs-group', 'awslogs-region', 'awslogs-stream-prefix'])
    if (!logs.options?.[needed])
      throw clientError(`Log driver awslogs requires options: ${needed} (container ${name}).`);
}
