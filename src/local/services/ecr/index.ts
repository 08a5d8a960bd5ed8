/**
 * Amazon ECR: private repositories, images and layers, and the registry protocol of docker push and pull.
 * Replication, scanning, pull-through caches, public repositories and image indexes are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createEcrContext } from './context.ts';
import { batchCheckLayerAvailability } from './operations/batch-check-layer-availability.ts';
import { batchDeleteImage } from './operations/batch-delete-image.ts';
import { batchGetImage } from './operations/batch-get-image.ts';
import { completeLayerUpload } from './operations/complete-layer-upload.ts';
import { createRepository } from './operations/create-repository.ts';
import { deleteLifecyclePolicy } from './operations/delete-lifecycle-policy.ts';
import { deleteRepository } from './operations/delete-repository.ts';
import { deleteRepositoryPolicy } from './operations/delete-repository-policy.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeRepositories } from './operations/describe-repositories.ts';
import { getAuthorizationToken } from './operations/get-authorization-token.ts';
import { getDownloadUrlForLayer } from './operations/get-download-url-for-layer.ts';
import { getLifecyclePolicy } from './operations/get-lifecycle-policy.ts';
import { getRepositoryPolicy } from './operations/get-repository-policy.ts';
import { initiateLayerUpload } from './operations/initiate-layer-upload.ts';
import { listImages } from './operations/list-images.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putImage } from './operations/put-image.ts';
import { putImageScanningConfiguration } from './operations/put-image-scanning-configuration.ts';
import { putImageTagMutability } from './operations/put-image-tag-mutability.ts';
import { putLifecyclePolicy } from './operations/put-lifecycle-policy.ts';
import { setRepositoryPolicy } from './operations/set-repository-policy.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { uploadLayerPart } from './operations/upload-layer-part.ts';
import { createRegistry } from './registry.ts';
import { repository } from './resources/repository.ts';

export function createEcr(env: ServiceEnvironment): Service {
  const context = createEcrContext(env);
  return {
    operations: [
      batchCheckLayerAvailability,
      batchDeleteImage,
      batchGetImage,
      completeLayerUpload,
      createRepository,
      deleteLifecyclePolicy,
      deleteRepository,
      deleteRepositoryPolicy,
      describeImages,
      describeRepositories,
      getAuthorizationToken,
      getDownloadUrlForLayer,
      getLifecyclePolicy,
      getRepositoryPolicy,
      initiateLayerUpload,
      listImages,
      listTagsForResource,
      putImage,
      putImageScanningConfiguration,
      putImageTagMutability,
      putLifecyclePolicy,
      setRepositoryPolicy,
      tagResource,
      untagResource,
      uploadLayerPart,
    ].map((create) => create(context)),
    resourceTypes: [repository],
    serve: createRegistry(context),
  };
}
