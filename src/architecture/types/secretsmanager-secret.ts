import { defineType } from './facts.ts';

export const secretsmanagerSecret = defineType({
  type: 'AWS::SecretsManager::Secret',
  called: 'secret',
  name: 'Name',
  ref: 'arn',
  drawn: { category: 'security' },
  store: {
    kind: 'secret',
    read: ['secretsmanager:GetSecretValue'],
    write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'],
    admin: ['secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteSecret'],
  },
  encryption: { on: 'aws-managed', absent: 'aws-managed', key: 'KmsKeyId' },
});
