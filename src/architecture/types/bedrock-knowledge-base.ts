import { defineType } from './facts.ts';

export const bedrockKnowledgeBase = defineType({
  type: 'AWS::Bedrock::KnowledgeBase',
  called: 'knowledge base',
  drawn: { category: 'ai' },
  runsAs: ['RoleArn'],
});
