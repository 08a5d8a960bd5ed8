import { defineType } from './facts.ts';

export const apigatewayVpcLink = defineType({
  type: 'AWS::ApiGateway::VpcLink',
  called: 'VPC link',
  passesOn: true,
  triggers: [{ kind: 'request', to: ['TargetArns'] }],
});
