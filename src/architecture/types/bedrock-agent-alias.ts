import { defineType } from './facts.ts';

export const bedrockAgentAlias = defineType({
  type: 'AWS::Bedrock::AgentAlias',
  called: 'agent alias',
  owner: ['AgentId'],
});
