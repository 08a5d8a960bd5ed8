import type { Architecture, CreateFunctionRequest, PackageType } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { inlineFiles } from '../../../compute/functions/inline-code.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { ignoring, resourceType } from '../../../service.ts';

type Settings = Partial<
  Pick<
    CreateFunctionRequest,
    | 'DeadLetterConfig'
    | 'Description'
    | 'Environment'
    | 'EphemeralStorage'
    | 'FileSystemConfigs'
    | 'Handler'
    | 'ImageConfig'
    | 'KMSKeyArn'
    | 'Layers'
    | 'LoggingConfig'
    | 'MemorySize'
    | 'Runtime'
    | 'SnapStart'
    | 'Timeout'
    | 'TracingConfig'
    | 'VpcConfig'
  >
>;

interface FunctionProperties extends Omit<Settings, 'KMSKeyArn'> {
  readonly FunctionName?: string;
  readonly Code: {
    readonly ZipFile?: string;
    readonly S3Bucket?: string;
    readonly S3Key?: string;
    readonly S3ObjectVersion?: string;
    readonly ImageUri?: string;
  };
  readonly Role: string;
  readonly KmsKeyArn?: string;
  readonly Tags?: readonly Tag[];
  readonly ReservedConcurrentExecutions?: number;
  readonly Architectures?: Architecture[];
  readonly PackageType?: PackageType;
}

/** What a property that is taken out of the template goes back to. */
const initial = (FunctionName: string): Settings => ({
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  FileSystemConfigs: [],
  KMSKeyArn: '',
  Layers: [],
  LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
  MemorySize: 128,
  SnapStart: { ApplyOn: 'None' },
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
});

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
  async find({ properties: p, invoke, uniqueName }) {
    const FunctionName = p.FunctionName ?? uniqueName(64);
    const found = invoke('lambda', 'GetFunctionConfiguration', { FunctionName });
    const made = await ignoring(found, 'ResourceNotFoundException');
    return made && { physicalId: FunctionName, attributes: attributes(made.FunctionArn) };
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const FunctionName = p.FunctionName ?? uniqueName(64);
    const made = await invoke('lambda', 'CreateFunction', {
      ...settings(p),
      FunctionName,
      Role: p.Role,
      Code: code(p),
      Tags: tags,
      Architectures: p.Architectures,
      PackageType: p.PackageType,
    });
    if (p.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'PutFunctionConcurrency', {
        FunctionName,
        ReservedConcurrentExecutions: p.ReservedConcurrentExecutions,
      });
    return { physicalId: FunctionName, attributes: attributes(made.FunctionArn) };
  },
  async update({
    properties: p,
    previous,
    physicalId: FunctionName,
    previousAttributes,
    invoke,
    tags,
    previousTags,
  }) {
    if (!same(p.Code, previous.Code) || !same(p.Architectures, previous.Architectures))
      await invoke('lambda', 'UpdateFunctionCode', {
        FunctionName,
        ...code(p),
        Architectures: p.Architectures ?? ['x86_64'],
      });
    if (!same(settings(p), settings(previous)) || p.Role !== previous.Role)
      await invoke('lambda', 'UpdateFunctionConfiguration', {
        FunctionName,
        Role: p.Role,
        ...settings(p, initial(FunctionName)),
      });
    if (p.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'PutFunctionConcurrency', {
        FunctionName,
        ReservedConcurrentExecutions: p.ReservedConcurrentExecutions,
      });
    else if (previous.ReservedConcurrentExecutions !== undefined)
      await invoke('lambda', 'DeleteFunctionConcurrency', { FunctionName });
    const Resource = String(previousAttributes.Arn);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('lambda', 'UntagResource', { Resource, TagKeys }),
      set: (Tags) => invoke('lambda', 'TagResource', { Resource, Tags }),
    });
    return { physicalId: FunctionName, attributes: previousAttributes };
  },
  gone: ['ResourceNotFoundException'],
  async delete({ physicalId: FunctionName, invoke }) {
    await invoke('lambda', 'DeleteFunction', { FunctionName });
  },
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const attributes = (arn: string | undefined) => ({
  Arn: arn ?? '',
  SnapStartResponse: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  'SnapStartResponse.ApplyOn': 'None',
  'SnapStartResponse.OptimizationStatus': 'Off',
});

const settings = (p: FunctionProperties, absent: Settings = {}): Settings => ({
  DeadLetterConfig: p.DeadLetterConfig ?? absent.DeadLetterConfig,
  Description: p.Description ?? absent.Description,
  Environment: p.Environment ?? absent.Environment,
  EphemeralStorage: p.EphemeralStorage ?? absent.EphemeralStorage,
  FileSystemConfigs: p.FileSystemConfigs ?? absent.FileSystemConfigs,
  Handler: p.Handler,
  ImageConfig: p.ImageConfig,
  KMSKeyArn: p.KmsKeyArn ?? absent.KMSKeyArn,
  Layers: p.Layers ?? absent.Layers,
  LoggingConfig: p.LoggingConfig ?? absent.LoggingConfig,
  MemorySize: p.MemorySize ?? absent.MemorySize,
  Runtime: p.Runtime,
  SnapStart: p.SnapStart ?? absent.SnapStart,
  Timeout: p.Timeout ?? absent.Timeout,
  TracingConfig: p.TracingConfig ?? absent.TracingConfig,
  VpcConfig: p.VpcConfig
    ? { SubnetIds: p.VpcConfig.SubnetIds, SecurityGroupIds: p.VpcConfig.SecurityGroupIds }
    : absent.VpcConfig,
});

/** `ZipFile` of a template is the source itself; CloudFormation makes a zip with one index file of it. */
function code(p: FunctionProperties) {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = p.Code;
  if (ImageUri) return { ImageUri };
  if (ZipFile === undefined) return { S3Bucket, S3Key, ...(S3ObjectVersion ? { S3ObjectVersion } : {}) };
  return { ZipFile: inlineZip(ZipFile, p.Runtime ?? '') };
}

const inlineZip = (source: string, runtime: string): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(inlineFiles(source, runtime)).map(([name, text]) => [name, strToU8(text)]),
    ),
  );
