import type { BatchGetImageResponse, ImageFailure } from '@aws-sdk/client-ecr';
import { operation } from '../../../service.ts';
import { type EcrContext, findImage } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
export const batchGetImage = (context: EcrContext) =>
  operation('ecr', 'BatchGetImage', {
    // Manifests are answered as they were pushed; no other media type is made of them.
    accepts: 'all',
    access: (input) => context.check('BatchGetImage', input.repositoryName, input.registryId),
    handle({ repositoryName = '', imageIds = [] }) {
      context.repository(repositoryName);
      const images: NonNullable<BatchGetImageResponse['images']> = [];
      const failures: ImageFailure[] = [];
      for (const imageId of imageIds) {
        const image = findImage(context, repositoryName, imageId);
        if (!image) {
          failures.push({
            imageId,
            failureCode: 'ImageNotFound',
            failureReason: 'Requested image not found',
          });
          continue;
        }
        context.images.put([repositoryName, image.digest], { ...image, pulledAt: context.env.clock.now() });
        images.push({
          registryId: context.env.accountId,
          repositoryName,
          imageId: { ...imageId, imageDigest: image.digest },
          imageManifest: image.manifest,
          imageManifestMediaType: image.mediaType,
        });
      }
      return { images, failures };
    },
  });
