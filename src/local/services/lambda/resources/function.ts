import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { AwsError, resourceType, unsupported } from '../../../service.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface FunctionProperties {
  readonly FunctionName?: string;
  readonly Code: {
    readonly ZipFile?: string;
    readonly S3Bucket?: string;
    readonly S3Key?: string;
    readonly S3ObjectVersion?: string;
    readonly ImageUri?: string;
  };
  readonly Runtime?: string;
  readonly Tags?: readonly Tag[];
  readonly ReservedConcurrentExecutions?: number | string;
  readonly Timeout?: number | string;
  readonly MemorySize?: number | string;
  readonly EphemeralStorage?: { readonly Size: number | string };
  readonly Architectures?: readonly string[];
  readonly [name: string]: unknown;
}

/** Sent as they stand; what a property taken out of the template goes back to. */
const settings: Readonly<Record<string, unknown>> = {
  Description: '',
  Handler: undefined,
  Role: undefined,
  Runtime: undefined,
  Environment: { Variables: {} },
  DeadLetterConfig: { TargetArn: '' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  TracingConfig: { Mode: 'PassThrough' },
  Layers: [],
  LoggingConfig: undefined,
  SnapStart: { ApplyOn: 'None' },
  FileSystemConfigs: [],
  ImageConfig: undefined,
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType<FunctionProperties>({
  type: 'AWS::Lambda::Function',
  mode: 'live',
  honoured: [
    ...['FunctionName', 'Code', 'Runtime', 'Handler', 'Role', 'Description', 'Environment', 'Timeout'],
    ...['MemorySize', 'ReservedConcurrentExecutions', 'DeadLetterConfig', 'Layers', 'LoggingConfig', 'Tags'],
    ...['PackageType', 'SnapStart', 'FileSystemConfigs', 'ImageConfig'],
  ],
  kept: {
    Architectures: 'billed by it; the code runs on the processor of this machine',
    EphemeralStorage: 'kept: an environment’s temporary folder has no quota',
    TracingConfig: 'kept: nothing local collects traces',
    VpcConfig: 'kept: the function reaches what this machine reaches',
    KmsKeyArn: 'kept: a client cannot see how the environment is encrypted at rest',
    RuntimeManagementConfig: 'kept: there is one build of Node.js here',
    RecursiveLoop: 'kept: loops are not looked for',
  },
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const FunctionName = p.FunctionName ?? uniqueName(64);
    const made = await invoke<FunctionConfiguration>('lambda', 'CreateFunction', {
      ...input(p),
      FunctionName,
      Code: code(p),
      Tags: { ...stackTags, ...tags(p) },
      ...(p.Architectures ? { Architectures: p.Architectures } : {}),
      ...(p.PackageType ? { PackageType: p.PackageType } : {}),
    });
    if (p.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'PutFunctionConcurrency', {
        FunctionName,
        ReservedConcurrentExecutions: Number(p.ReservedConcurrentExecutions),
      });
    return { physicalId: FunctionName, attributes: attributes(made.FunctionArn) };
  },
  async update({ properties: p, previous, physicalId: FunctionName, previousAttributes, invoke }) {
    if (!same(p.Code, previous.Code) || !same(p.Architectures, previous.Architectures))
      await invoke('lambda', 'UpdateFunctionCode', {
        FunctionName,
        ...code(p),
        Architectures: p.Architectures ?? ['x86_64'],
      });
    const wanted = input(p);
    for (const [name, value] of Object.entries(settings))
      if (wanted[name] === undefined && previous[name] !== undefined && value !== undefined)
        wanted[name] = value;
    if (previous.LoggingConfig !== undefined && p.LoggingConfig === undefined)
      wanted.LoggingConfig = { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` };
    wanted.Timeout ??= 3;
    wanted.MemorySize ??= 128;
    wanted.EphemeralStorage ??= { Size: 512 };
    if (!same(input(p), input(previous)))
      await invoke('lambda', 'UpdateFunctionConfiguration', { FunctionName, ...wanted });
    if (p.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'PutFunctionConcurrency', {
        FunctionName,
        ReservedConcurrentExecutions: Number(p.ReservedConcurrentExecutions),
      });
    else if (previous.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'DeleteFunctionConcurrency', { FunctionName });
    const Resource = String(previousAttributes.Arn);
    const gone = Object.keys(tags(previous)).filter((key) => tags(p)[key] === undefined);
    if (gone.length > 0) await invoke('lambda', 'UntagResource', { Resource, TagKeys: gone });
    if (!same(tags(p), tags(previous))) await invoke('lambda', 'TagResource', { Resource, Tags: tags(p) });
    return { physicalId: FunctionName, attributes: previousAttributes };
  },
  async delete({ physicalId: FunctionName, invoke }) {
    try {
      await invoke('lambda', 'DeleteFunction', { FunctionName });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
    }
  },
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const tags = (p: Pick<FunctionProperties, 'Tags'>): Record<string, string> =>
  Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value]));

const attributes = (arn: string | undefined) => ({
  Arn: arn ?? '',
  SnapStartResponse: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  'SnapStartResponse.ApplyOn': 'None',
  'SnapStartResponse.OptimizationStatus': 'Off',
});

function input(p: FunctionProperties): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of Object.keys(settings)) if (p[name] !== undefined) out[name] = p[name];
  if (p.VpcConfig) {
    const { SubnetIds, SecurityGroupIds } = p.VpcConfig as Record<string, unknown>;
    out.VpcConfig = { SubnetIds, SecurityGroupIds };
  }
  if (p.KmsKeyArn) out.KMSKeyArn = p.KmsKeyArn;
  if (p.Timeout !== undefined) out.Timeout = Number(p.Timeout);
  if (p.MemorySize !== undefined) out.MemorySize = Number(p.MemorySize);
  if (p.EphemeralStorage) out.EphemeralStorage = { Size: Number(p.EphemeralStorage.Size) };
  return out;
}

/** `ZipFile` of a template is the source itself; CloudFormation makes a zip with one index file of it. */
function code(p: FunctionProperties): Record<string, unknown> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = p.Code;
  if (ImageUri) throw unsupported('functions from container images (Code.ImageUri)');
  if (ZipFile === undefined) return { S3Bucket, S3Key, ...(S3ObjectVersion ? { S3ObjectVersion } : {}) };
  return { ZipFile: inlineZip(ZipFile, p.Runtime ?? '') };
}

function inlineZip(source: string, runtime: string): Uint8Array {
  const name = runtime.startsWith('python') ? 'index.py' : 'index.js';
  return zipSync({
    [name]: strToU8(source),
    ...(name === 'index.js' ? { 'cfn-response.js': strToU8(cfnResponse) } : {}),
  });
}

/**
 * AWS puts this module beside inline Node.js code.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
const cfnResponse = `exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = (event, context, status, data, physicalResourceId, noEcho) => {
  const body = JSON.stringify({
    Status: status,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: data,
  });
  fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body }).then(
    () => context.done(),
    (error) => { console.log('send failed', error); context.done(); },
  );
};
`;
