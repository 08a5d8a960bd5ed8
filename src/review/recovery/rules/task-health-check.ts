/** Tasks that hang are not replaced. */

import { listAt, valueAt } from '../../../architecture/index.ts';
import { propertyRule } from './kit.ts';

export const taskHealthCheck = propertyRule({
  id: 'task-health-check',
  severity: 'medium',
  title: 'Every service without a load balancer has a container health check',
  why: 'A task that hangs but does not exit is never replaced: work stops while everything looks well.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html',
  types: ['AWS::ECS::TaskDefinition'],
  skip: (resource) => resource.usedBy.some(({ to }) => listAt(to.properties, 'LoadBalancers').length > 0),
  property: 'ContainerDefinitions',
  good: (_, resource) =>
    listAt(resource.properties, 'ContainerDefinitions').some(
      (container) => valueAt(container, 'HealthCheck') !== undefined,
    ),
  says: (resource) => `${resource.name} has no health check, so a task that hangs stays`,
  fix: 'HealthCheck in the essential container: a command that fails when it makes no progress',
});
