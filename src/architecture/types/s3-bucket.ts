import { defineType } from './facts.ts';

export const s3Bucket = defineType({
  type: 'AWS::S3::Bucket',
  called: 'S3 bucket',
  name: 'BucketName',
  drawn: { category: 'data' },
  store: {
    kind: 'bucket',
    read: ['s3:GetObject', 's3:ListBucket'],
    write: ['s3:PutObject', 's3:DeleteObject'],
    admin: ['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:DeleteBucket'],
    parts: { 's3:GetObject': '/{any}', 's3:PutObject': '/{any}', 's3:DeleteObject': '/{any}' },
  },
  triggers: [{ kind: 'event', to: ['NotificationConfiguration'] }],
  logs: ['LoggingConfiguration.DestinationBucketName'],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html: AES256 when nothing is said.
  encryption: {
    key: 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID',
    algorithm:
      'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
    on: 'aws-managed',
    absent: 'aws-owned',
  },
});
