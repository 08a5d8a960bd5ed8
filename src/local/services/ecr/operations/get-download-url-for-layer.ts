import { AwsError, operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { layerPath } from '../registry.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html */
export const getDownloadUrlForLayer = (context: EcrContext) =>
  operation('ecr', 'GetDownloadUrlForLayer', {
    accepts: 'all',
    access: (input) => context.check('GetDownloadUrlForLayer', input.repositoryName, input.registryId),
    handle({ repositoryName = '', layerDigest = '' }) {
      context.repository(repositoryName);
      if (!context.layers.has([repositoryName, layerDigest]))
        throw new AwsError(
          'LayersNotFoundException',
          `The layer with digest '${layerDigest}' does not exist in the repository with name '${repositoryName}'`,
        );
      const token = context.env.randomId(40);
      const now = context.env.clock.wall();
      for (const [old, { expiresAt }] of context.downloads)
        if (expiresAt < now) context.downloads.delete(old);
      context.downloads.set(token, { digest: layerDigest, expiresAt: now + 3_600_000 });
      return { downloadUrl: `${context.env.endpoint}${layerPath}${token}`, layerDigest };
    },
  });
