import { defineType } from './facts.ts';

export const pipesPipe = defineType({
  type: 'AWS::Pipes::Pipe',
  called: 'pipe',
  runsAs: ['RoleArn'],
  triggers: [{ kind: 'poll', from: 'Source', to: ['Target', 'Enrichment'] }],
  deadLetters: [
    { to: 'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn' },
    { to: 'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn' },
  ],
});
