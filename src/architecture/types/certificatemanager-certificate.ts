import { defineType } from './facts.ts';

export const certificatemanagerCertificate = defineType({
  type: 'AWS::CertificateManager::Certificate',
  called: 'certificate',
  arn: 'acm:R:A:certificate/N',
  ref: 'arn',
});
