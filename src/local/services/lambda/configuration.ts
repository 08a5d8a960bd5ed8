/** From a request to a function's record, and from the record to what AWS shows. */

import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { type ServiceEnvironment, unsupported } from '../../service.ts';
import { checkDestination } from './destinations.ts';
import { invalidParameter } from './errors.ts';
import { functionArn } from './names.ts';
import type { FunctionRecord, LambdaRecords, LayerReference } from './records.ts';
import { nodeRuntime } from './runtimes.ts';

type Settings = Partial<
  Omit<CreateFunctionRequest, 'Code' | 'FunctionName'> &
    Omit<UpdateFunctionConfigurationRequest, 'FunctionName'>
>;

/** The names that Lambda sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved = new Set([
  ...['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'],
]);

/** Refuses what cannot be honoured, by name. */
export function refuseUnsupported(input: Settings & { readonly PackageType?: string }): void {
  if (input.PackageType !== undefined && input.PackageType !== 'Zip')
    throw unsupported('functions packaged as container images (PackageType Image)');
  if (input.SnapStart?.ApplyOn === 'PublishedVersions') throw unsupported('SnapStart');
  if (input.FileSystemConfigs?.length) throw unsupported('file systems of functions (FileSystemConfigs)');
  if (input.ImageConfig) throw unsupported('container images of functions (ImageConfig)');
}

export function checkSettings(input: Settings): void {
  const range = (name: string, value: number | undefined, low: number, high: number) => {
    if (value !== undefined && (value < low || value > high || !Number.isInteger(value)))
      throw invalidParameter(
        `Value '${value}' at '${name}' failed to satisfy constraint: Member must have value between ${low} and ${high}`,
      );
  };
  range('timeout', input.Timeout, 1, 900);
  range('memorySize', input.MemorySize, 128, 10_240);
  range('ephemeralStorage.size', input.EphemeralStorage?.Size, 512, 10_240);
  if (input.Runtime && /^nodejs/.test(input.Runtime) && !nodeRuntime.test(input.Runtime))
    throw invalidParameter(`Value ${input.Runtime} at 'runtime' failed to satisfy constraint`);
  const variables = input.Environment?.Variables ?? {};
  for (const name of Object.keys(variables)) {
    if (reserved.has(name))
      throw invalidParameter(
        `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`,
      );
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > 4096)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${bytes} bytes`,
    );
}

function layerReferences(records: LambdaRecords, arns: readonly string[]): LayerReference[] {
  return arns.map((arn) => {
    const [, name, version] = /:layer:([A-Za-z0-9-_]+):(\d+)$/.exec(arn) ?? [];
    const layer = name === undefined ? undefined : records.layers.get([name, Number(version)]);
    if (!layer)
      throw invalidParameter(`Layer version ${arn} does not exist: only layers published here can be used.`);
    return { arn, codeSha256: layer.codeSha256, codeSize: layer.codeSize };
  });
}

/** The members of a request over what was there before. */
export function applySettings(
  before: FunctionRecord,
  input: Settings,
  records: LambdaRecords,
  env: ServiceEnvironment,
): FunctionRecord {
  const text = (value: string | undefined, old: string | undefined) =>
    value === undefined ? old : value || undefined;
  const logging = input.LoggingConfig;
  const deadLetters = input.DeadLetterConfig?.TargetArn;
  if (deadLetters) checkDestination(env, deadLetters, ['sqs', 'sns']);
  return {
    ...before,
    role: input.Role ?? before.role,
    handler: text(input.Handler, before.handler),
    runtime: text(input.Runtime, before.runtime),
    description: input.Description ?? before.description,
    timeout: input.Timeout ?? before.timeout,
    memorySize: input.MemorySize ?? before.memorySize,
    environment: input.Environment ? { ...input.Environment.Variables } : before.environment,
    ephemeralStorage: input.EphemeralStorage?.Size ?? before.ephemeralStorage,
    deadLetterArn: input.DeadLetterConfig
      ? input.DeadLetterConfig.TargetArn || undefined
      : before.deadLetterArn,
    layers: input.Layers ? layerReferences(records, input.Layers) : before.layers,
    logging: logging
      ? {
          LogFormat: logging.LogFormat ?? before.logging.LogFormat,
          LogGroup: logging.LogGroup ?? before.logging.LogGroup,
          ...(logging.LogFormat === 'JSON'
            ? {
                ApplicationLogLevel: logging.ApplicationLogLevel ?? 'INFO',
                SystemLogLevel: logging.SystemLogLevel ?? 'INFO',
              }
            : {}),
        }
      : before.logging,
    tracing: input.TracingConfig?.Mode ?? before.tracing,
    vpc: input.VpcConfig
      ? {
          subnetIds: input.VpcConfig.SubnetIds ?? [],
          securityGroupIds: input.VpcConfig.SecurityGroupIds ?? [],
        }
      : before.vpc,
    kmsKeyArn: text(input.KMSKeyArn, before.kmsKeyArn),
    ...stamp(env),
  };
}

export const stamp = (env: ServiceEnvironment) => ({ modifiedAt: env.clock.now(), revisionId: env.uuid() });

/** AWS's odd form of time: 2024-05-01T12:00:00.000+0000 */
export const lambdaTime = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');

export function shownConfiguration(
  record: FunctionRecord,
  env: ServiceEnvironment,
  options: { readonly qualified?: boolean } = {},
): FunctionConfiguration {
  const qualifier = options.qualified || record.version !== '$LATEST' ? record.version : undefined;
  return {
    FunctionName: record.name,
    FunctionArn: functionArn(env, record.name, qualifier),
    Runtime: record.runtime as FunctionConfiguration['Runtime'],
    Role: record.role,
    Handler: record.handler,
    CodeSize: record.codeSize,
    CodeSha256: record.codeSha256,
    Description: record.description,
    Timeout: record.timeout,
    MemorySize: record.memorySize,
    LastModified: lambdaTime(record.modifiedAt),
    Version: record.version,
    VpcConfig: {
      SubnetIds: [...(record.vpc?.subnetIds ?? [])],
      SecurityGroupIds: [...(record.vpc?.securityGroupIds ?? [])],
      VpcId: '',
    },
    DeadLetterConfig: record.deadLetterArn ? { TargetArn: record.deadLetterArn } : undefined,
    Environment:
      Object.keys(record.environment).length > 0 ? { Variables: { ...record.environment } } : undefined,
    KMSKeyArn: record.kmsKeyArn,
    TracingConfig: { Mode: record.tracing },
    RevisionId: record.revisionId,
    Layers: record.layers.length
      ? record.layers.map((layer) => ({ Arn: layer.arn, CodeSize: layer.codeSize }))
      : undefined,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [...record.architectures] as FunctionConfiguration['Architectures'],
    EphemeralStorage: { Size: record.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: record.logging,
  };
}
