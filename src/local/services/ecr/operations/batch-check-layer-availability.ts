import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { mediaTypes } from '../manifest.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
export const batchCheckLayerAvailability = (context: EcrContext) =>
  operation('ecr', 'BatchCheckLayerAvailability', {
    accepts: 'all',
    access: (input) => context.check('BatchCheckLayerAvailability', input.repositoryName, input.registryId),
    handle({ repositoryName = '', layerDigests = [] }) {
      context.repository(repositoryName);
      return {
        layers: layerDigests.map((layerDigest) => {
          const layerSize = context.layers.get([repositoryName, layerDigest]);
          return layerSize === undefined
            ? { layerDigest, layerAvailability: 'UNAVAILABLE' as const }
            : {
                layerDigest,
                layerAvailability: 'AVAILABLE' as const,
                layerSize,
                mediaType: mediaTypes.layer,
              };
        }),
        failures: [],
      };
    },
  });
