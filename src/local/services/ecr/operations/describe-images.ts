import { AwsError, operation } from '../../../service.ts';
import { type EcrContext, findImage } from '../context.ts';
import { describeImage } from '../describe.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const describeImages = (context: EcrContext) =>
  operation('ecr', 'DescribeImages', {
    accepts: ['registryId', 'repositoryName', 'imageIds', 'nextToken', 'maxResults', 'filter'],
    access: (input) => context.check('DescribeImages', input.repositoryName, input.registryId),
    handle({ repositoryName = '', imageIds, nextToken, maxResults, filter }) {
      context.repository(repositoryName);
      const all = imageIds?.length
        ? imageIds.map((imageId) => {
            const image = findImage(context, repositoryName, imageId);
            if (image) return image;
            throw new AwsError(
              'ImageNotFoundException',
              `The image with imageId {imageDigest:'${imageId.imageDigest ?? null}', imageTag:'${imageId.imageTag ?? null}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${context.env.accountId}'`,
            );
          })
        : [...context.images.values({ prefix: [repositoryName] })];
      const matching = all.filter(
        ({ tags }) => filter?.tagStatus !== (tags.length > 0 ? 'UNTAGGED' : 'TAGGED'),
      );
      const { items, next } = page(matching, nextToken, maxResults);
      return {
        imageDetails: items.map((image) => describeImage(context, repositoryName, image)),
        nextToken: next,
      };
    },
  });
