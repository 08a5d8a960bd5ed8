import { defineType } from './facts.ts';

export const ec2Volume = defineType({
  type: 'AWS::EC2::Volume',
  called: 'volume',
  holdsData: true,
  encryption: { switch: 'Encrypted', on: 'aws-managed', absent: 'none', key: 'KmsKeyId' },
});
