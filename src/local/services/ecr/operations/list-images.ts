import type { ImageIdentifier } from '@aws-sdk/client-ecr';
import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html */
export const listImages = (context: EcrContext) =>
  operation('ecr', 'ListImages', {
    accepts: ['registryId', 'repositoryName', 'nextToken', 'maxResults', 'filter'],
    access: (input) => context.check('ListImages', input.repositoryName, input.registryId),
    handle({ repositoryName = '', nextToken, maxResults, filter }) {
      context.repository(repositoryName);
      const ids = [...context.images.values({ prefix: [repositoryName] })]
        .filter(({ tags }) => filter?.tagStatus !== (tags.length > 0 ? 'UNTAGGED' : 'TAGGED'))
        .flatMap(({ digest: imageDigest, tags }): ImageIdentifier[] =>
          tags.length > 0 ? tags.map((imageTag) => ({ imageDigest, imageTag })) : [{ imageDigest }],
        );
      const { items, next } = page(ids, nextToken, maxResults);
      return { imageIds: items, nextToken: next };
    },
  });
