import { defineType } from './facts.ts';

export const logsLogGroup = defineType({
  type: 'AWS::Logs::LogGroup',
  called: 'log group',
  name: 'LogGroupName',
  arn: 'logs:R:A:log-group:N:*',
  store: {
    kind: 'log-group',
    read: ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery'],
    write: ['logs:PutLogEvents'],
    admin: ['logs:DeleteLogGroup'],
    parts: { 'logs:PutLogEvents': 'log-stream:{any}' },
  },
  encryption: { on: 'aws-owned', absent: 'aws-owned', key: 'KmsKeyId' },
});
