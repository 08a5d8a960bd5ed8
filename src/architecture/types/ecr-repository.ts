import { defineType } from './facts.ts';

export const ecrRepository = defineType({
  type: 'AWS::ECR::Repository',
  called: 'images',
  name: 'RepositoryName',
  drawn: { category: 'operations' },
  store: {
    kind: 'repository',
    read: ['ecr:BatchGetImage'],
    write: ['ecr:PutImage', 'ecr:BatchDeleteImage'],
    admin: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepository'],
  },
  policies: [{ document: 'RepositoryPolicyText' }],
  encryption: { on: 'aws-owned', absent: 'aws-owned', key: 'EncryptionConfiguration.KmsKey' },
});
