/** Records as ECR answers them. */
import type { ImageDetail, Repository } from '@aws-sdk/client-ecr';
import { type EcrContext, type ImageRecord, type RepositoryRecord, uri } from './context.ts';

export const describeRepository = (context: EcrContext, record: RepositoryRecord): Repository => ({
  repositoryArn: context.arn(record.name),
  registryId: context.env.accountId,
  repositoryName: record.name,
  repositoryUri: uri(context, record.name),
  createdAt: new Date(record.createdAt),
  imageTagMutability: record.tagMutability,
  imageScanningConfiguration: { scanOnPush: record.scanOnPush },
  encryptionConfiguration: { encryptionType: record.encryptionType },
});

export const describeImage = (
  context: EcrContext,
  repositoryName: string,
  image: ImageRecord,
): ImageDetail => ({
  registryId: context.env.accountId,
  repositoryName,
  imageDigest: image.digest,
  ...(image.tags.length > 0 ? { imageTags: [...image.tags] } : {}),
  imageSizeInBytes: image.size,
  imagePushedAt: new Date(image.pushedAt),
  imageManifestMediaType: image.mediaType,
  ...(image.artifactMediaType ? { artifactMediaType: image.artifactMediaType } : {}),
  ...(image.pulledAt ? { lastRecordedPullTime: new Date(image.pulledAt) } : {}),
});
