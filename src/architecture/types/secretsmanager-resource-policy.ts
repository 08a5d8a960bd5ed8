import { defineType } from './facts.ts';

export const secretsmanagerResourcePolicy = defineType({
  type: 'AWS::SecretsManager::ResourcePolicy',
  called: 'secret policy',
  policies: [{ target: 'SecretId', document: 'ResourcePolicy' }],
});
