import type { EncryptionType, ImageTagMutability, Repository } from '@aws-sdk/client-ecr';
import { documentText } from '../../../document-text.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { ignoring, type ResourceRequest, resourceType } from '../../../service.ts';

interface RepositoryProperties {
  readonly RepositoryName?: string;
  readonly ImageTagMutability?: ImageTagMutability;
  readonly ImageScanningConfiguration?: { readonly ScanOnPush?: boolean };
  readonly EncryptionConfiguration?: { readonly EncryptionType: EncryptionType; readonly KmsKey?: string };
  readonly LifecyclePolicy?: { readonly LifecyclePolicyText?: string; readonly RegistryId?: string };
  readonly RepositoryPolicyText?: object | string;
  readonly EmptyOnDelete?: boolean;
  readonly Tags?: readonly Tag[];
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
  async find({ properties: p, invoke, uniqueName }) {
    const repositoryName = p.RepositoryName ?? uniqueName(256, { lowercase: true });
    const found = await ignoring(
      invoke('ecr', 'DescribeRepositories', { repositoryNames: [repositoryName] }),
      'RepositoryNotFoundException',
    );
    return found && state(repositoryName, found.repositories?.[0]);
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const repositoryName = p.RepositoryName ?? uniqueName(256, { lowercase: true });
    const { repository: made } = await invoke('ecr', 'CreateRepository', {
      repositoryName,
      imageTagMutability: p.ImageTagMutability,
      imageScanningConfiguration: p.ImageScanningConfiguration && {
        scanOnPush: p.ImageScanningConfiguration.ScanOnPush,
      },
      encryptionConfiguration: p.EncryptionConfiguration && {
        encryptionType: p.EncryptionConfiguration.EncryptionType,
        kmsKey: p.EncryptionConfiguration.KmsKey,
      },
      tags: tagList(tags),
    });
    try {
      await policies({ properties: p, invoke }, repositoryName, {});
    } catch (error) {
      await invoke('ecr', 'DeleteRepository', { repositoryName, force: true });
      throw error;
    }
    return state(repositoryName, made);
  },
  async update(request) {
    const { properties: p, previous, physicalId: repositoryName, invoke, previousAttributes } = request;
    const { tags, previousTags } = request;
    await invoke('ecr', 'PutImageTagMutability', {
      repositoryName,
      imageTagMutability: p.ImageTagMutability ?? 'MUTABLE',
    });
    await invoke('ecr', 'PutImageScanningConfiguration', {
      repositoryName,
      imageScanningConfiguration: { scanOnPush: p.ImageScanningConfiguration?.ScanOnPush ?? false },
    });
    await policies(request, repositoryName, previous);
    const resourceArn = String(previousAttributes.Arn);
    await retag(tags, previousTags, {
      remove: (tagKeys) => invoke('ecr', 'UntagResource', { resourceArn, tagKeys }),
      set: (changed) => invoke('ecr', 'TagResource', { resourceArn, tags: tagList(changed) }),
    });
    return { physicalId: repositoryName, attributes: previousAttributes };
  },
  gone: ['RepositoryNotFoundException'],
  async delete({ physicalId: repositoryName, properties, invoke }) {
    await invoke('ecr', 'DeleteRepository', { repositoryName, force: properties.EmptyOnDelete ?? false });
  },
});

const state = (repositoryName: string, made: Repository | undefined) => ({
  physicalId: repositoryName,
  attributes: { Arn: made?.repositoryArn, RepositoryUri: made?.repositoryUri },
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
      policyText: documentText(policy),
    });
  else if (previous.RepositoryPolicyText) await invoke('ecr', 'DeleteRepositoryPolicy', { repositoryName });
  const text = p.LifecyclePolicy?.LifecyclePolicyText;
  if (text) await invoke('ecr', 'PutLifecyclePolicy', { repositoryName, lifecyclePolicyText: text });
  else if (previous.LifecyclePolicy?.LifecyclePolicyText)
    await invoke('ecr', 'DeleteLifecyclePolicy', { repositoryName });
}
