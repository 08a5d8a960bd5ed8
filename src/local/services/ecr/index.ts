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
import { deleteRepository } from './operations/delete-repository.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeRepositories } from './operations/describe-repositories.ts';
import { getAuthorizationToken } from './operations/get-authorization-token.ts';
import { getDownloadUrlForLayer } from './operations/get-download-url-for-layer.ts';
import { initiateLayerUpload } from './operations/initiate-layer-upload.ts';
import {
  deleteLifecyclePolicy,
  getLifecyclePolicy,
  putLifecyclePolicy,
} from './operations/lifecycle-policy.ts';
import { listImages } from './operations/list-images.ts';
import { putImage } from './operations/put-image.ts';
import {
  deleteRepositoryPolicy,
  getRepositoryPolicy,
  setRepositoryPolicy,
} from './operations/repository-policy.ts';
import { putImageScanningConfiguration, putImageTagMutability } from './operations/settings.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
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
