import { defineType } from './facts.ts';

export const s3BucketPolicy = defineType({
  type: 'AWS::S3::BucketPolicy',
  called: 'bucket policy',
  policies: [{ target: 'Bucket', document: 'PolicyDocument' }],
});
