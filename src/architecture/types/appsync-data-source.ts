import { defineType } from './facts.ts';

export const appsyncDataSource = defineType({
  type: 'AWS::AppSync::DataSource',
  called: 'data source',
  drawn: 'with its owner',
  owner: ['ApiId'],
  triggers: [
    {
      kind: 'request',
      from: 'ApiId',
      to: [
        'LambdaConfig.LambdaFunctionArn',
        'DynamoDBConfig.TableName',
        'OpenSearchServiceConfig',
        'RelationalDatabaseConfig',
        'EventBridgeConfig.EventBusArn',
      ],
    },
  ],
  runsAs: ['ServiceRoleArn'],
});
