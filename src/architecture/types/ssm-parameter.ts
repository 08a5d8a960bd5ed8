import { defineType } from './facts.ts';

export const ssmParameter = defineType({
  type: 'AWS::SSM::Parameter',
  called: 'parameter',
  name: 'Name',
  store: {
    kind: 'parameter',
    read: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    write: ['ssm:PutParameter'],
    admin: ['ssm:DeleteParameter'],
  },
});
