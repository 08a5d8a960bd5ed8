import { AwsError, operation } from '../../../service.ts';
import { type EcrContext, forgetLayers } from '../context.ts';
import { describeRepository } from '../describe.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html */
export const deleteRepository = (context: EcrContext) =>
  operation('ecr', 'DeleteRepository', {
    accepts: 'all',
    access: (input) => context.check('DeleteRepository', input.repositoryName, input.registryId),
    handle({ repositoryName = '', force = false }) {
      const record = context.repository(repositoryName);
      const images = [...context.images.values({ prefix: [repositoryName] })].length;
      if (images > 0 && !force)
        throw new AwsError(
          'RepositoryNotEmptyException',
          `The repository with name '${repositoryName}' in registry with id '${context.env.accountId}' cannot be deleted because it still contains images`,
        );
      context.env.store.transaction(() => {
        context.images.clear([repositoryName]);
        context.repositories.delete(repositoryName);
        forgetLayers(context, repositoryName);
      });
      return { repository: describeRepository(context, record) };
    },
  });
