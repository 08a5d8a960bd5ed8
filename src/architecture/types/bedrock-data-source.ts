import { defineType } from './facts.ts';

export const bedrockDataSource = defineType({
  type: 'AWS::Bedrock::DataSource',
  called: 'knowledge source',
  owner: ['KnowledgeBaseId'],
});
