import { defineType } from './facts.ts';

export const customS3BucketNotifications = defineType({
  type: 'Custom::S3BucketNotifications',
  called: 'bucket notifications',
  owner: ['BucketName'],
  deployment: true,
  triggers: [
    { kind: 'deployment', to: ['ServiceToken'] },
    { kind: 'event', from: 'BucketName', to: ['NotificationConfiguration'] },
  ],
});
