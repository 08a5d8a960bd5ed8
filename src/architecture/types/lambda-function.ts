import { defineType } from './facts.ts';

export const lambdaFunction = defineType({
  type: 'AWS::Lambda::Function',
  called: 'function',
  name: 'FunctionName',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['Role'],
  configuration: ['Environment.Variables'],
  network: { subnets: ['VpcConfig.SubnetIds'], groups: ['VpcConfig.SecurityGroupIds'] },
  deadLetters: [{ to: 'DeadLetterConfig.TargetArn' }],
  invokedBy: ['lambda:InvokeFunction'],
  logs: ['LoggingConfig.LogGroup'],
  makesLogGroup: true,
  traced: { property: 'TracingConfig.Mode', is: 'Active' },
});
