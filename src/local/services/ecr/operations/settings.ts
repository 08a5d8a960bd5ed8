/**
 * Tag mutability and the scan setting of a repository. Scanning itself is not done and no finding is answered.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html
 */
import type {
  PutImageScanningConfigurationCommandInput,
  PutImageScanningConfigurationResponse,
  PutImageTagMutabilityCommandInput,
  PutImageTagMutabilityResponse,
} from '@aws-sdk/client-ecr';
import { operation, unsupported } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

export const putImageTagMutability = (context: EcrContext) =>
  operation<PutImageTagMutabilityCommandInput, PutImageTagMutabilityResponse>({
    name: 'PutImageTagMutability',
    accepts: ['registryId', 'repositoryName', 'imageTagMutability'],
    access: (input) => context.check('PutImageTagMutability', input.repositoryName, input.registryId),
    handle({ repositoryName, imageTagMutability: tagMutability = 'MUTABLE' }) {
      if (tagMutability !== 'MUTABLE' && tagMutability !== 'IMMUTABLE')
        throw unsupported(`the imageTagMutability ${tagMutability}`);
      const record = { ...context.repository(repositoryName), tagMutability };
      context.repositories.put(record.name, record);
      return {
        registryId: context.env.accountId,
        repositoryName: record.name,
        imageTagMutability: tagMutability,
      };
    },
  });

export const putImageScanningConfiguration = (context: EcrContext) =>
  operation<PutImageScanningConfigurationCommandInput, PutImageScanningConfigurationResponse>({
    name: 'PutImageScanningConfiguration',
    accepts: 'all',
    access: (input) => context.check('PutImageScanningConfiguration', input.repositoryName, input.registryId),
    handle({ repositoryName, imageScanningConfiguration }) {
      const scanOnPush = imageScanningConfiguration?.scanOnPush ?? false;
      const record = { ...context.repository(repositoryName), scanOnPush };
      context.repositories.put(record.name, record);
      return {
        registryId: context.env.accountId,
        repositoryName: record.name,
        imageScanningConfiguration: { scanOnPush },
      };
    },
  });
