/** Certificates: https://aws.amazon.com/certificate-manager/pricing/ */
import { freeOfCharge, type Pricer } from './model.ts';

export const certificate: Pricer = {
  types: ['AWS::CertificateManager::Certificate'],
  items: () => [
    freeOfCharge(
      'public certificates for AWS services cost nothing',
      'https://aws.amazon.com/certificate-manager/pricing/',
    ),
  ],
};
