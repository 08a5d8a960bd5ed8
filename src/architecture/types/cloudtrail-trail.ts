import { defineType } from './facts.ts';

export const cloudtrailTrail = defineType({
  type: 'AWS::CloudTrail::Trail',
  called: 'audit trail',
  name: 'TrailName',
  logs: ['S3BucketName', 'CloudWatchLogsLogGroupArn'],
});
