import { defineType } from './facts.ts';

export const s3AccessPoint = defineType({
  type: 'AWS::S3::AccessPoint',
  called: 'access point',
  name: 'Name',
  policies: [{ document: 'Policy' }],
  standsFor: 'Bucket',
});
