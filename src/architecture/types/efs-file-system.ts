import { defineType } from './facts.ts';

export const efsFileSystem = defineType({
  type: 'AWS::EFS::FileSystem',
  called: 'EFS',
  drawn: { category: 'data' },
  store: {
    kind: 'file-system',
    read: ['elasticfilesystem:ClientMount'],
    write: ['elasticfilesystem:ClientWrite'],
    admin: ['elasticfilesystem:DeleteFileSystem'],
  },
  policies: [{ document: 'FileSystemPolicy' }],
  encryption: { switch: 'Encrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
});
