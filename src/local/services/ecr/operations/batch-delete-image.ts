import type { ImageFailure, ImageIdentifier } from '@aws-sdk/client-ecr';
import { operation } from '../../../service.ts';
import { type EcrContext, findImage, forgetLayers } from '../context.ts';

/** By tag, only the tag goes while others remain. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html */
export const batchDeleteImage = (context: EcrContext) =>
  operation('ecr', 'BatchDeleteImage', {
    accepts: 'all',
    access: (input) => context.check('BatchDeleteImage', input.repositoryName, input.registryId),
    handle({ repositoryName = '', imageIds: wanted = [] }) {
      context.repository(repositoryName);
      const imageIds: ImageIdentifier[] = [];
      const failures: ImageFailure[] = [];
      context.env.store.transaction(() => {
        for (const imageId of wanted) {
          const image = findImage(context, repositoryName, imageId);
          if (!image) {
            failures.push({
              imageId,
              failureCode: 'ImageNotFound',
              failureReason: 'Requested image not found',
            });
            continue;
          }
          const tags =
            imageId.imageDigest && imageId.imageTag === undefined
              ? []
              : image.tags.filter((tag) => tag !== imageId.imageTag);
          if (tags.length > 0) context.images.put([repositoryName, image.digest], { ...image, tags });
          else context.images.delete([repositoryName, image.digest]);
          imageIds.push({ ...imageId, imageDigest: image.digest });
        }
        forgetLayers(context, repositoryName);
      });
      return { imageIds, failures };
    },
  });
