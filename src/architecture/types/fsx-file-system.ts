import { defineType } from './facts.ts';

export const fsxFileSystem = defineType({
  type: 'AWS::FSx::FileSystem',
  called: 'FSx file system',
  holdsData: true,
  encryption: { on: 'aws-managed', absent: 'aws-managed', key: 'KmsKeyId' },
});
