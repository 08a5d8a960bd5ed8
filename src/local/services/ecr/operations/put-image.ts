import { createHash } from 'node:crypto';
import { AwsError, operation } from '../../../service.ts';
import { type EcrContext, findImage } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readManifest } from '../manifest.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
export const putImage = (context: EcrContext) =>
  operation('ecr', 'PutImage', {
    accepts: 'all',
    access: (input) => context.check('PutImage', input.repositoryName, input.registryId),
    handle(input) {
      const { repositoryName = '', imageManifest = '', imageTag } = input;
      const repository = context.repository(repositoryName);
      const digest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
      if (input.imageDigest && input.imageDigest !== digest)
        throw new AwsError(
          'ImageDigestDoesNotMatchException',
          `The image digest ${input.imageDigest} does not match that of the manifest, ${digest}`,
        );
      if (imageTag !== undefined && !/^[A-Za-z0-9_][\w.-]{0,299}$/.test(imageTag))
        throw invalidParameter(`Invalid parameter at 'imageTag': ${imageTag}`);
      const manifest = readManifest(imageManifest, input.imageManifestMediaType);
      const blobs = [manifest.config, ...manifest.layers].map((one) => one.digest);
      const missing = blobs.filter((one) => !context.layers.has([repositoryName, one]));
      if (missing.length > 0)
        throw new AwsError(
          'LayersNotFoundException',
          `The layers with digests '[${missing.join(', ')}]' do not exist in the repository with name '${repositoryName}'`,
        );
      const tagged = imageTag === undefined ? undefined : findImage(context, repositoryName, { imageTag });
      const kept = context.images.get([repositoryName, digest]);
      if (kept && (imageTag === undefined || tagged?.digest === digest))
        throw new AwsError(
          'ImageAlreadyExistsException',
          `Image with digest '${digest}' and tag '${imageTag}' already exists in the repository with name '${repositoryName}' in registry with id '${context.env.accountId}'`,
        );
      if (tagged && repository.tagMutability === 'IMMUTABLE')
        throw new AwsError(
          'ImageTagAlreadyExistsException',
          `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
        );
      const size = blobs.reduce((sum, one) => sum + (context.layers.get([repositoryName, one]) ?? 0), 0);
      const record = {
        digest,
        manifest: imageManifest,
        mediaType: manifest.mediaType,
        ...(manifest.config.mediaType ? { artifactMediaType: manifest.config.mediaType } : {}),
        size,
        pushedAt: kept?.pushedAt ?? context.env.clock.now(),
        tags: [...(kept?.tags ?? []), ...(imageTag === undefined ? [] : [imageTag])],
        blobs: [...new Set(blobs)],
      };
      context.env.store.transaction(() => {
        if (tagged)
          context.images.put([repositoryName, tagged.digest], {
            ...tagged,
            tags: tagged.tags.filter((tag) => tag !== imageTag),
          });
        context.images.put([repositoryName, digest], record);
      });
      return {
        image: {
          registryId: context.env.accountId,
          repositoryName,
          imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
          imageManifest,
          imageManifestMediaType: manifest.mediaType,
        },
      };
    },
  });
