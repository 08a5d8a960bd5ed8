import { defineType } from './facts.ts';

export const apigatewayStage = defineType({
  type: 'AWS::ApiGateway::Stage',
  called: 'API stage',
  drawn: 'with its owner',
  owner: ['RestApiId', 'DeploymentId'],
  logs: ['AccessLogSetting.DestinationArn'],
  traced: { property: 'TracingEnabled', is: 'true' },
});
