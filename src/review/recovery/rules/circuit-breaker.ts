/** ECS services that do not roll failed deployments back. */

import { valueAt } from '../../../architecture/index.ts';
import { isTrue, propertyRule } from './property-rule.ts';

export const circuitBreakerRule = propertyRule({
  id: 'circuit-breaker',
  severity: 'medium',
  title: 'Every ECS service rolls a failed deployment back',
  why: 'Without it ECS keeps starting a version that fails, and CloudFormation waits up to three hours.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
  types: ['AWS::ECS::Service'],
  skip: (resource) => {
    const controller = valueAt(resource.properties, 'DeploymentController.Type');
    return controller !== undefined && controller !== 'ECS';
  },
  property: 'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
  isMet: isTrue,
  finding: (resource) => `${resource.name} does not roll failed deployments back`,
  fix: 'DeploymentConfiguration.DeploymentCircuitBreaker: { Enable: true, Rollback: true } (CDK: circuitBreaker: { rollback: true })',
});
