/** Services that have neither a load balancer nor a container health check. */

import { listAt, valueAt } from '../../../architecture/index.ts';
import { propertyRule } from './property-rule.ts';

export const taskHealthCheck = propertyRule({
  id: 'task-health-check',
  severity: 'medium',
  title: 'Every service without a load balancer has a container health check',
  why: 'Without one ECS does not replace a task that hangs without exiting.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html',
  types: ['AWS::ECS::TaskDefinition'],
  skip: (resource) => resource.usedBy.some(({ to }) => listAt(to.properties, 'LoadBalancers').length > 0),
  property: 'ContainerDefinitions',
  isMet: (_, resource) =>
    listAt(resource.properties, 'ContainerDefinitions').some(
      (container) => valueAt(container, 'HealthCheck') !== undefined,
    ),
  finding: (resource) => `${resource.name} has no health check, so a task that hangs is not replaced`,
  fix: 'HealthCheck in the essential container: a command that fails when it makes no progress',
});
