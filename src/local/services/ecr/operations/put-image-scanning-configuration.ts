import { operation } from '../../../service.ts';
import type { EcrContext } from '../context.ts';

/** Kept; images are not scanned, and no finding is answered. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html */
export const putImageScanningConfiguration = (context: EcrContext) =>
  operation('ecr', 'PutImageScanningConfiguration', {
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
