import { defineType } from './facts.ts';

export const serverlessFunction = defineType({
  type: 'AWS::Serverless::Function',
  called: 'function',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['Role'],
  configuration: ['Environment.Variables'],
  invokedBy: ['lambda:InvokeFunction'],
  deadLetters: [
    { to: 'DeadLetterQueue.TargetArn' },
    { to: 'EventInvokeConfig.DestinationConfig.OnFailure.Destination' },
  ],
  logs: ['LoggingConfig.LogGroup'],
  makesLogGroup: true,
  traced: { property: 'Tracing', is: 'Active' },
});
