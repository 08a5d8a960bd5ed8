/** Containers whose log driver blocks them. */

import { listAt, valueAt } from '../../../architecture/index.ts';
import { propertyRule, trustedAdvisor } from './property-rule.ts';

export const blockingLogs = propertyRule({
  id: 'blocking-logs',
  severity: 'low',
  title: 'Containers do not wait for their log driver',
  why: 'In blocking mode a container waits when CloudWatch Logs cannot be reached: an outage of the logs becomes one of the service.',
  reference: trustedAdvisor,
  types: ['AWS::ECS::TaskDefinition'],
  skip: (resource) =>
    !listAt(resource.properties, 'ContainerDefinitions').some(
      (container) => valueAt(container, 'LogConfiguration.LogDriver') === 'awslogs',
    ),
  property: 'ContainerDefinitions',
  isMet: (_, resource) =>
    listAt(resource.properties, 'ContainerDefinitions').every(
      (container) => valueAt(container, 'LogConfiguration.Options.mode') !== 'blocking',
    ),
  finding: (resource) => `${resource.name} logs in blocking mode`,
  fix: "LogConfiguration.Options.mode: 'non-blocking', with max-buffer-size",
});
