import { defineType } from './facts.ts';

export const appsyncGraphqlApi = defineType({
  type: 'AWS::AppSync::GraphQLApi',
  called: 'GraphQL API',
  ref: 'arn',
  drawn: { category: 'api' },
  entry: { unless: { property: 'Visibility', is: 'PRIVATE' } },
  traced: { property: 'XrayEnabled', is: 'true' },
});
