/** ECS services whose deployments may stop all tasks first. */
import { propertyRule } from './property-rule.ts';

export const minHealthyZero = propertyRule({
  id: 'min-healthy-zero',
  severity: 'medium',
  title: 'Deployments keep tasks running',
  why: 'With 0 % ECS may stop every task before a new one is healthy, so each deployment is an outage.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  types: ['AWS::ECS::Service'],
  property: 'DeploymentConfiguration.MinimumHealthyPercent',
  isMet: (value) => value === undefined || Number(value) > 0,
  finding: (resource) => `${resource.name} may stop all its tasks while deploying`,
  fix: 'MinimumHealthyPercent: 100 and MaximumPercent: 200 (CDK: minHealthyPercent: 100)',
});
