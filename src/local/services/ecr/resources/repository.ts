import { AwsError, type ResourceRequest, resourceType } from '../../../service.ts';

interface RepositoryProperties {
  readonly RepositoryName?: string;
  readonly ImageTagMutability?: string;
  readonly ImageScanningConfiguration?: { readonly ScanOnPush?: boolean };
  readonly EncryptionConfiguration?: { readonly EncryptionType?: string; readonly KmsKey?: string };
  readonly LifecyclePolicy?: { readonly LifecyclePolicyText?: string; readonly RegistryId?: string };
  readonly RepositoryPolicyText?: object | string;
  readonly EmptyOnDelete?: boolean;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
export const repository = resourceType<RepositoryProperties>({
  type: 'AWS::ECR::Repository',
  mode: 'live',
  honoured: [
    'RepositoryName',
    'ImageTagMutability',
    'EncryptionConfiguration',
    'RepositoryPolicyText',
    'EmptyOnDelete',
    'Tags',
  ],
  kept: {
    ImageScanningConfiguration: 'images are not scanned here, and no finding is claimed',
    LifecyclePolicy: 'images are not expired here',
  },
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const repositoryName = p.RepositoryName ?? uniqueName(256, { lowercase: true });
    const { repository: made } = await invoke<{
      repository: { repositoryArn: string; repositoryUri: string };
    }>('ecr', 'CreateRepository', {
      repositoryName,
      imageTagMutability: p.ImageTagMutability,
      imageScanningConfiguration: p.ImageScanningConfiguration && {
        scanOnPush: p.ImageScanningConfiguration.ScanOnPush,
      },
      encryptionConfiguration: p.EncryptionConfiguration && {
        encryptionType: p.EncryptionConfiguration.EncryptionType,
        kmsKey: p.EncryptionConfiguration.KmsKey,
      },
      tags: [...Object.entries(stackTags).map(([Key, Value]) => ({ Key, Value })), ...(p.Tags ?? [])],
    });
    try {
      await policies({ properties: p, invoke }, repositoryName, {});
    } catch (error) {
      await invoke('ecr', 'DeleteRepository', { repositoryName, force: true });
      throw error;
    }
    return {
      physicalId: repositoryName,
      attributes: { Arn: made.repositoryArn, RepositoryUri: made.repositoryUri },
    };
  },
  async update(request) {
    const { properties: p, previous, physicalId: repositoryName, invoke, previousAttributes } = request;
    await invoke('ecr', 'PutImageTagMutability', {
      repositoryName,
      imageTagMutability: p.ImageTagMutability ?? 'MUTABLE',
    });
    await invoke('ecr', 'PutImageScanningConfiguration', {
      repositoryName,
      imageScanningConfiguration: { scanOnPush: p.ImageScanningConfiguration?.ScanOnPush ?? false },
    });
    await policies(request, repositoryName, previous);
    const resourceArn = previousAttributes.Arn;
    const tagKeys = (previous.Tags ?? [])
      .map(({ Key }) => Key)
      .filter((key) => !p.Tags?.some(({ Key }) => Key === key));
    if (tagKeys.length > 0) await invoke('ecr', 'UntagResource', { resourceArn, tagKeys });
    if (p.Tags?.length) await invoke('ecr', 'TagResource', { resourceArn, tags: p.Tags });
    return { physicalId: repositoryName, attributes: previousAttributes };
  },
  async delete({ physicalId: repositoryName, properties, invoke }) {
    await invoke('ecr', 'DeleteRepository', {
      repositoryName,
      force: String(properties.EmptyOnDelete) === 'true',
    }).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'RepositoryNotFoundException') throw error;
    });
  },
});

async function policies(
  { properties: p, invoke }: Pick<ResourceRequest<RepositoryProperties>, 'properties' | 'invoke'>,
  repositoryName: string,
  previous: RepositoryProperties,
): Promise<void> {
  const { RepositoryPolicyText: policy } = p;
  if (policy)
    await invoke('ecr', 'SetRepositoryPolicy', {
      repositoryName,
      policyText: typeof policy === 'string' ? policy : JSON.stringify(policy),
    });
  else if (previous.RepositoryPolicyText) await invoke('ecr', 'DeleteRepositoryPolicy', { repositoryName });
  const text = p.LifecyclePolicy?.LifecyclePolicyText;
  if (text) await invoke('ecr', 'PutLifecyclePolicy', { repositoryName, lifecyclePolicyText: text });
  else if (previous.LifecyclePolicy?.LifecyclePolicyText)
    await invoke('ecr', 'DeleteLifecyclePolicy', { repositoryName });
}
