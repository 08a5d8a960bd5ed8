import { defineType } from './facts.ts';

export const kinesisResourcePolicy = defineType({
  type: 'AWS::Kinesis::ResourcePolicy',
  called: 'stream policy',
  policies: [{ target: 'ResourceArn', document: 'ResourcePolicy' }],
});
