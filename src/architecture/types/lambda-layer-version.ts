import { defineType } from './facts.ts';

export const lambdaLayerVersion = defineType({
  type: 'AWS::Lambda::LayerVersion',
  called: 'layer',
  arn: 'lambda:R:A:layer:N',
  ref: 'arn',
});
