import { defineType } from './facts.ts';

export const kmsAlias = defineType({
  type: 'AWS::KMS::Alias',
  called: 'key alias',
  standsFor: 'TargetKeyId',
});
