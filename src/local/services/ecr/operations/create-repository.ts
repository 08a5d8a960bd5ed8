import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import type { EcrContext } from '../context.ts';
import { describeRepository } from '../describe.ts';
import { readMutability } from '../tag-mutability.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export const createRepository = (context: EcrContext) =>
  operation('ecr', 'CreateRepository', {
    accepts: [
      'registryId',
      'repositoryName',
      'tags',
      'imageTagMutability',
      'imageScanningConfiguration',
      'encryptionConfiguration',
    ],
    access: (input) => context.check('CreateRepository', input.repositoryName, input.registryId),
    *problems({ imageTagMutability, encryptionConfiguration }) {
      yield* thrownBy(() => readMutability(imageTagMutability));
      const encryption = encryptionConfiguration?.encryptionType ?? 'AES256';
      if (encryption !== 'AES256') yield unsupported(`the encryptionType ${encryption} of a repository`);
    },
    handle(input) {
      const { repositoryName: name = '', imageTagMutability } = input;
      if (context.repositories.has(name))
        throw new AwsError(
          'RepositoryAlreadyExistsException',
          `The repository with name '${name}' already exists in the registry with id '${context.env.accountId}'`,
        );
      const record = {
        name,
        createdAt: context.env.clock.now(),
        tagMutability: readMutability(imageTagMutability),
        // Nothing here scans; the setting is kept and no finding is ever claimed.
        scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
        encryptionType: 'AES256' as const,
        tags: Object.fromEntries((input.tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      };
      context.repositories.put(name, record);
      return { repository: describeRepository(context, record) };
    },
  });
