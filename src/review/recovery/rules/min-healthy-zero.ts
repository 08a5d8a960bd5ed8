/** Deployments that stop everything first. */
import { propertyRule } from './kit.ts';

export const minHealthyZero = propertyRule({
  id: 'min-healthy-zero',
  severity: 'medium',
  title: 'Deployments keep tasks running',
  why: 'With 0 % every task may be stopped before a new one is healthy: each deployment is an outage, and a bad one a long one.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html',
  types: ['AWS::ECS::Service'],
  property: 'DeploymentConfiguration.MinimumHealthyPercent',
  good: (value) => value === undefined || Number(value) > 0,
  says: (resource) => `${resource.name} may stop all its tasks while deploying`,
  fix: 'MinimumHealthyPercent: 100 and MaximumPercent: 200 (CDK: minHealthyPercent: 100)',
});
