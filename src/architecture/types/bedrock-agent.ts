import { defineType } from './facts.ts';

export const bedrockAgent = defineType({
  type: 'AWS::Bedrock::Agent',
  called: 'Bedrock agent',
  drawn: { category: 'ai' },
  runsAs: ['AgentResourceRoleArn'],
});
