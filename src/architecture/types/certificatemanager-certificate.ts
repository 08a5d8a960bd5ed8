import { defineType } from './facts.ts';

export const certificatemanagerCertificate = defineType({
  type: 'AWS::CertificateManager::Certificate',
  called: 'certificate',
  ref: 'arn',
});
