import { defineType } from './facts.ts';

export const secretsmanagerSecretTargetAttachment = defineType({
  type: 'AWS::SecretsManager::SecretTargetAttachment',
  called: 'secret attachment',
  owner: ['SecretId'],
  databases: ['TargetId'],
});
