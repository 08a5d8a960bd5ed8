import { defineType } from './facts.ts';

export const stepfunctionsStateMachine = defineType({
  type: 'AWS::StepFunctions::StateMachine',
  called: 'state machine',
  name: 'StateMachineName',
  ref: 'arn',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['RoleArn'],
  configuration: ['DefinitionString', 'DefinitionSubstitutions', 'Definition'],
  invokedBy: ['states:StartExecution', 'states:StartSyncExecution'],
  logs: ['LoggingConfiguration.Destinations'],
  traced: { property: 'TracingConfiguration.Enabled', is: 'true' },
});
