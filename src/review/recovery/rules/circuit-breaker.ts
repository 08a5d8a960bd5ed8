/** Failed deployments that do not go back. */

import { valueAt } from '../../../architecture/index.ts';
import { isTrue, propertyRule } from './kit.ts';

export const circuitBreakerRule = propertyRule({
  id: 'circuit-breaker',
  severity: 'medium',
  title: 'Every ECS service rolls a failed deployment back',
  why: 'Without rollback a version that does not start is tried again and again, and the stack hangs for up to three hours.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html',
  types: ['AWS::ECS::Service'],
  skip: (resource) => {
    const controller = valueAt(resource.properties, 'DeploymentController.Type');
    return controller !== undefined && controller !== 'ECS';
  },
  property: 'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback',
  good: isTrue,
  says: (resource) => `${resource.name} does not go back when a deployment fails`,
  fix: 'DeploymentConfiguration.DeploymentCircuitBreaker: { Enable: true, Rollback: true } (CDK: circuitBreaker: { rollback: true })',
});
