/** Tasks that stop when their log does. */

import { listAt, valueAt } from '../../../architecture/index.ts';
import { advisor, propertyRule } from './kit.ts';

export const blockingLogs = propertyRule({
  id: 'blocking-logs',
  severity: 'low',
  title: 'Containers do not wait for their log driver',
  why: 'In blocking mode a container waits when CloudWatch Logs cannot be reached: an outage of the logs becomes one of the service.',
  reference: advisor,
  types: ['AWS::ECS::TaskDefinition'],
  skip: (resource) =>
    !listAt(resource.properties, 'ContainerDefinitions').some(
      (container) => valueAt(container, 'LogConfiguration.LogDriver') === 'awslogs',
    ),
  property: 'ContainerDefinitions',
  good: (_, resource) =>
    listAt(resource.properties, 'ContainerDefinitions').every(
      (container) => valueAt(container, 'LogConfiguration.Options.mode') !== 'blocking',
    ),
  says: (resource) => `${resource.name} logs in blocking mode`,
  fix: "LogConfiguration.Options.mode: 'non-blocking', with max-buffer-size",
});
