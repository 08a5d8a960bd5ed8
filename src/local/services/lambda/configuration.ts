/** From a request to a function's record, and from the record to what AWS shows. */

import { createHash } from 'node:crypto';
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  ImageConfig,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../core/arn.ts';
import { largestUnpacked } from '../../compute/functions/archives.ts';
import { type AwsError, type ServiceEnvironment, thrownBy, unsupported } from '../../service.ts';
import { checkDestination } from './destinations.ts';
import { invalidParameter } from './errors.ts';
import { imageProblem } from './images.ts';
import { functionArn } from './names.ts';
import type { FunctionRecord, LambdaRecords, LayerReference } from './records.ts';
import { checkRuntime, substituteOf } from './runtimes.ts';
import { checkTagCount } from './tags.ts';

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

/** What is wrong with settings by themselves: by name what cannot be honoured here, and what AWS refuses. */
export function* settingProblems(
  env: ServiceEnvironment,
  input: Settings & { readonly PackageType?: string },
  doing: 'create' | 'update',
): Generator<AwsError> {
  if (input.PackageType === 'Image') {
    const problem = imageProblem();
    if (problem) yield problem;
    if (input.Handler || input.Runtime || input.Layers?.length)
      yield invalidParameter(
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
      );
  } else if (doing === 'create' && input.ImageConfig) yield imageConfigOfZip();
  if (input.SnapStart?.ApplyOn === 'PublishedVersions') yield unsupported('SnapStart');
  if (input.FileSystemConfigs?.length) yield unsupported('file systems of functions (FileSystemConfigs)');
  if (input.Environment?.Variables?.AWS_LAMBDA_EXEC_WRAPPER)
    yield unsupported('wrapper scripts of runtimes (AWS_LAMBDA_EXEC_WRAPPER)');
  yield* thrownBy(
    () => checkRange('timeout', input.Timeout, 1, 900),
    () => checkRange('memorySize', input.MemorySize, 128, 10_240),
    () => checkRange('ephemeralStorage.size', input.EphemeralStorage?.Size, 512, 10_240),
    () => input.Runtime && checkRuntime(env, input.Runtime, doing),
    () => checkVariables(input.Environment?.Variables ?? {}),
    () => checkTagCount(input.Tags),
  );
  for (const arn of input.Layers ?? []) {
    const account = parseArn(arn)?.account;
    if (account !== undefined && account !== env.accountId) yield otherLayer(arn);
  }
  const deadLetters = input.DeadLetterConfig?.TargetArn;
  if (deadLetters) yield* thrownBy(() => checkDestination(env, deadLetters, ['sqs', 'sns']));
}

export const imageConfigOfZip = () =>
  invalidParameter(
    'ImageConfig parameters are not supported for functions created with deployment packages.',
  );

const otherLayer = (arn: string) =>
  unsupported(`layers of another account (${arn}); layers published here can be used`);

function checkRange(name: string, value: number | undefined, low: number, high: number): void {
  if (value !== undefined && (value < low || value > high || !Number.isInteger(value)))
    throw invalidParameter(
      `Value '${value}' at '${name}' failed to satisfy constraint: Member must have value between ${low} and ${high}`,
    );
}

function checkVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(variables)) {
    if (reserved.has(name))
      throw invalidParameter(
        `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${name}`,
      );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > 4096)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
    );
}

function layerReferences(
  records: LambdaRecords,
  arns: readonly string[],
  { accountId, region }: ServiceEnvironment,
): LayerReference[] {
  if (arns.length > 5) throw invalidParameter('Cannot reference more than 5 layers.');
  const seen = new Map<string, string>();
  return arns.map((arn) => {
    const parts = parseArn(arn);
    if (parts && parts.region !== region)
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
      );
    if (parts && parts.account !== accountId) throw otherLayer(arn);
    const [, name = '', version] = /:layer:([A-Za-z0-9-_]+):(\d+)$/.exec(arn) ?? [];
    const layer = records.layers.get([name, Number(version)]);
    if (!layer) throw invalidParameter(`Layer version ${arn} does not exist.`);
    const other = seen.get(name);
    if (other !== undefined)
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    seen.set(name, arn);
    return {
      arn,
      codeSha256: layer.codeSha256,
      codeSize: layer.codeSize,
      unpackedSize: layer.unpackedSize ?? 0,
    };
  });
}

/** @throws when code and layers are too large together */
export function checkUnpackedSize({ unpackedSize = 0, layers }: FunctionRecord): void {
  const size = layers.reduce((sum, layer) => sum + (layer.unpackedSize ?? 0), unpackedSize);
  if (layers.length > 0 && size > largestUnpacked)
    throw invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${largestUnpacked} bytes. The actual size is ${size} bytes.`,
    );
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
    runsAs: input.Runtime ? substituteOf(env, input.Runtime) : before.runsAs,
    imageConfig: before.image && input.ImageConfig ? overrideOf(input.ImageConfig) : before.imageConfig,
    description: input.Description ?? before.description,
    timeout: input.Timeout ?? before.timeout,
    memorySize: input.MemorySize ?? before.memorySize,
    environment: input.Environment ? { ...input.Environment.Variables } : before.environment,
    environmentGiven: input.Environment !== undefined || before.environmentGiven,
    ephemeralStorage: input.EphemeralStorage?.Size ?? before.ephemeralStorage,
    deadLetterArn: input.DeadLetterConfig
      ? input.DeadLetterConfig.TargetArn || undefined
      : before.deadLetterArn,
    layers: input.Layers ? layerReferences(records, input.Layers, env) : before.layers,
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

const overrideOf = ({ EntryPoint, Command, WorkingDirectory }: ImageConfig) => ({
  ...(EntryPoint?.length ? { entryPoint: EntryPoint } : {}),
  ...(Command?.length ? { command: Command } : {}),
  ...(WorkingDirectory ? { workingDirectory: WorkingDirectory } : {}),
});

export const stamp = (env: ServiceEnvironment) => ({ modifiedAt: env.clock.now(), revisionId: env.uuid() });

/** AWS's odd form of time: 2024-05-01T12:00:00.000+0000 */
export const lambdaTime = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');

/** Of a call that changes a function: the change is done here, and AWS answers before it is. */
const creating = {
  State: 'Pending',
  StateReason: 'The function is being created.',
  StateReasonCode: 'Creating',
} as const;
const updating = {
  State: 'Active',
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
} as const;
const settled = { State: 'Active', LastUpdateStatus: 'Successful' } as const;

type Shown = { readonly qualified?: boolean; readonly during?: 'creation' | 'update' | 'listing' };

/** A change under way has a revision of its own on AWS, which its end replaces: one that was shown is not the last. */
const statusOf = (during: Shown['during'], env: ServiceEnvironment, { runtime, image }: FunctionRecord) => {
  // Lists leave the state and the version of the runtime out.
  if (during === 'listing') return {};
  const version = createHash('sha256').update(`${runtime}`).digest('hex');
  return {
    ...(image
      ? {}
      : { RuntimeVersionConfig: { RuntimeVersionArn: `arn:aws:lambda:${env.region}::runtime:${version}` } }),
    ...(during === undefined
      ? settled
      : { ...(during === 'creation' ? creating : updating), RevisionId: env.uuid() }),
  };
};

function imageConfigResponse({
  imageConfig,
}: FunctionRecord): Pick<FunctionConfiguration, 'ImageConfigResponse'> {
  if (!imageConfig || Object.keys(imageConfig).length === 0) return {};
  const { entryPoint, command, workingDirectory } = imageConfig;
  return {
    ImageConfigResponse: {
      ImageConfig: {
        ...(entryPoint ? { EntryPoint: [...entryPoint] } : {}),
        ...(command ? { Command: [...command] } : {}),
        ...(workingDirectory ? { WorkingDirectory: workingDirectory } : {}),
      },
    },
  };
}

export function shownConfiguration(
  record: FunctionRecord,
  env: ServiceEnvironment,
  options: Shown = {},
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
    VpcConfig: record.vpc && {
      SubnetIds: [...record.vpc.subnetIds],
      SecurityGroupIds: [...record.vpc.securityGroupIds],
      VpcId: '',
      Ipv6AllowedForDualStack: false,
    },
    DeadLetterConfig: record.deadLetterArn ? { TargetArn: record.deadLetterArn } : undefined,
    Environment:
      record.environmentGiven || Object.keys(record.environment).length > 0
        ? { Variables: { ...record.environment } }
        : undefined,
    KMSKeyArn: record.kmsKeyArn,
    TracingConfig: { Mode: record.tracing },
    RevisionId: record.revisionId,
    Layers: record.layers.length
      ? record.layers.map((layer) => ({ Arn: layer.arn, CodeSize: layer.codeSize }))
      : undefined,
    PackageType: record.image ? 'Image' : 'Zip',
    ...imageConfigResponse(record),
    Architectures: [...record.architectures] as FunctionConfiguration['Architectures'],
    EphemeralStorage: { Size: record.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: record.logging,
    ...statusOf(options.during, env, record),
  };
}
