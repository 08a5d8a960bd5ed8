import { defineType } from './facts.ts';

export const secretsmanagerRotationSchedule = defineType({
  type: 'AWS::SecretsManager::RotationSchedule',
  called: 'secret rotation',
  triggers: [{ kind: 'schedule', from: 'SecretId', to: ['RotationLambdaARN'] }],
});
